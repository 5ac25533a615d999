import type { OrganizationScope } from "@/server/kernel/scopes";
import { eventTimeWarnings } from "./time-warnings";
import { unknownFieldWarnings } from "./unknown-fields";
import type { Warning } from "./warning";

/** Returns the warnings about a stored event, and counts the unknown fields of its body. */
export function eventWarnings(scope: OrganizationScope, occurredAt: Date, body: unknown): readonly Warning[] {
  const times = eventTimeWarnings(scope, occurredAt);
  const fields = unknownFieldWarnings(body);
  if (!fields) return times;
  scope.metrics.unknownFields(fields.length);
  return [...times, ...fields];
}

/** Returns the part of a response that has the warnings, if there are any. */
export function withWarnings(warnings: readonly Warning[]): { warnings?: Warning[] } {
  return warnings.length > 0 ? { warnings: [...warnings] } : {};
}
