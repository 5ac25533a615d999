import type { EnvironmentScope } from "@/server/kernel/scopes";
import { eventTimeWarnings } from "./time-warnings";
import { unknownFieldWarnings } from "./unknown-fields";
import type { Warning } from "./warning";

/**
 * Returns the warnings about an event whose body was accepted, and counts the unknown fields. Returns a promise only if it
 * has to look up the organization, because a promise takes longer than finding out that there is nothing to warn of.
 */
export function eventWarnings(
  scope: EnvironmentScope,
  body: unknown,
): readonly Warning[] | Promise<readonly Warning[]> {
  const times = eventTimeWarnings(scope, body);
  const fields = unknownFieldWarnings(body);
  if (!fields) return times;
  scope.metrics.unknownFields(fields.length);
  return "then" in times ? times.then((found) => [...found, ...fields]) : [...times, ...fields];
}

/** Returns the part of a response that has the warnings, if there are any. */
export function withWarnings(warnings: readonly Warning[]): { warnings?: Warning[] } {
  return warnings.length > 0 ? { warnings: [...warnings] } : {};
}
