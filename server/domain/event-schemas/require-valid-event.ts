import type { NewEvent } from "@/schemas/events/event";
import { DomainError, type Violation } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { defineCache, defineRowCache } from "@/server/kernel/caches";
import { compileEventCheck, type EventCheck } from "./check-event";
import { toVersion } from "./schema-row";

/** An action's checks by version; empty for an action without a schema. */
type ActionChecks = ReadonlyMap<number, EventCheck>;

/** A new version applies immediately in the process that created it, and within a second in all others. */
const actionChecks = defineRowCache<ActionChecks>({ name: "action_checks", kind: "action", maxEntries: 100_000 });
/** Versions never change, so each is compiled once. */
const compiledChecks = defineCache<EventCheck>({ name: "compiled_checks", ttl: Infinity, maxEntries: 100_000 });

/**
 * Checks an event against the version of its action's schema that it names. A strict environment rejects an action
 * without a schema; other environments register it, so that a new user's first event is never rejected.
 * @throws DomainError `invalid_request` (`invalid_audit_log_event`) with the violations
 */
export async function requireValidEvent(scope: EnvironmentScope, event: NewEvent): Promise<void> {
  const checks = await scope.caches
    .of(actionChecks)
    .get(keyOf(scope, event.action), () => findOrRegister(scope, event.action));
  const violations = violationsOf(scope, event, checks);
  if (violations.length === 0) return;
  throw new DomainError("invalid_request", "Invalid Audit Log event.", {
    wireCode: "invalid_audit_log_event",
    violations,
  });
}

/** Returns the violations for which `requireValidEvent` would reject the event now, and the action's versions. Registers nothing. */
export async function findViolations(
  scope: EnvironmentScope,
  event: NewEvent,
): Promise<{ readonly violations: readonly Violation[]; readonly versions: readonly number[] }> {
  const checks = (await readChecks(scope, event.action)) ?? new Map();
  return { violations: violationsOf(scope, event, checks), versions: [...checks.keys()] };
}

/** Removes an action's checks from the cache, so that its next event is checked against what is stored. */
export function forgetChecks(scope: EnvironmentScope, action: string): void {
  scope.caches.of(actionChecks).delete(keyOf(scope, action));
}

function keyOf({ environment }: EnvironmentScope, action: string): string {
  return `${environment.pk}:${action}`;
}

function violationsOf({ environment }: EnvironmentScope, event: NewEvent, checks: ActionChecks): readonly Violation[] {
  if (checks.size === 0) {
    if (!environment.strictActions) return [];
    const message = `The action '${event.action}' has no schema, and this environment rejects unknown actions.`;
    return [{ code: "unknown_action", instancePath: "/action", message }];
  }
  const check = checks.get(event.version);
  if (check) return check(event);
  const versions = [...checks.keys()].join(", ");
  const message = `'${event.action}' has no schema version ${event.version}. Existing versions: ${versions}.`;
  return [{ code: "unknown_version", instancePath: "/version", message }];
}

async function readChecks(scope: EnvironmentScope, name: string): Promise<ActionChecks | null> {
  const action = await scope.db.prisma.action.findUnique({
    where: { environmentPk_name: { environmentPk: scope.environment.pk, name } },
    include: { schemas: { orderBy: { version: "asc" } } },
  });
  if (!action) return null;
  const entries = action.schemas.map(async (row) => {
    const check = await scope.caches.of(compiledChecks).get(row.id, async () => compileEventCheck(toVersion(row)));
    return [row.version, check] as const;
  });
  return new Map(await Promise.all(entries));
}

async function findOrRegister(scope: EnvironmentScope, name: string): Promise<ActionChecks> {
  const known = await readChecks(scope, name);
  if (known) return known;
  if (!scope.environment.strictActions) {
    const now = scope.now();
    const data = { id: newId("ala", now), environmentPk: scope.environment.pk, name, createdAt: now, updatedAt: now };
    await scope.db.prisma.action.createMany({ data, skipDuplicates: true });
  }
  return new Map();
}
