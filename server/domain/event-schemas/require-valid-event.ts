import type { NewEvent } from "@/schemas/events/event";
import { admitNewAction } from "@/server/domain/rate-limit/admit-request";
import { DomainError, type Violation } from "@/server/kernel/errors";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { defineCache, defineRowCache } from "@/server/kernel/caches";
import { defineTurns, inTurn } from "@/server/kernel/turns";
import { createEventCheck, type EventCheck } from "./check-event";
import { isFull, registerAction, TOO_MANY_ACTIONS } from "./register-action";
import { readStoredSchema } from "./schema-row";

/** An action's ID and the number of its newest schema version, which is 0 without a schema. Versions have no gaps. */
interface KnownAction {
  readonly id: string;
  readonly newest: number;
}

/** A new version applies immediately in the process that created it, and within a second in all others. */
const actions = defineRowCache<KnownAction>({ name: "actions", kind: "action", maxEntries: 100_000 });

/**
 * Actions that an environment looks up or registers at the same time, so that a batch with many new ones leaves connections
 * to others.
 */
const actionLookups = defineTurns({ name: "action_lookups", parallel: 2 });

/** Versions never change. Each is read when an event first names it, and the cache is bounded by their size. */
const eventChecks = defineCache<SizedCheck | null>({
  name: "event_checks",
  ttl: Infinity,
  maxEntries: 10_000,
  maxSize: 16_000_000,
  sizeOf: (check) => check?.characters ?? 0,
});

/** A check with the number of characters of its schema. */
interface SizedCheck {
  readonly check: EventCheck;
  readonly characters: number;
}

/**
 * Checks an event against the version of its action's schema that it names. A strict environment rejects an action
 * without a schema; other environments register it, so that a new user's first event is never rejected.
 * @throws DomainError `invalid_request` (`invalid_audit_log_event`) with the violations
 */
export async function requireValidEvent(scope: EnvironmentScope, event: NewEvent): Promise<void> {
  const action = await scope.caches
    .of(actions)
    .get(keyOf(scope, event.action), () =>
      inTurn(scope.caches.of(actionLookups), scope.environment.pk, () => findOrRegister(scope, event.action)),
    );
  // A registered action without a schema accepts every event; most events are of this kind.
  if (action.newest === 0 && !scope.environment.strictActions) return;
  const violations = await violationsOf(scope, event, action);
  if (violations.length > 0) throw invalidEvent(violations);
}

/** Returns the violations for which `requireValidEvent` would reject the event now, and the action's versions. Registers nothing. */
export async function findViolations(
  scope: EnvironmentScope,
  event: NewEvent,
): Promise<{ readonly violations: readonly Violation[]; readonly versions: readonly number[] }> {
  const action = (await findAction(scope, event.action)) ?? { id: "", newest: 0 };
  const versions = Array.from({ length: action.newest }, (_, index) => index + 1);
  return { violations: await violationsOf(scope, event, action), versions };
}

/** Removes an action from the cache, so that its next event is checked against what is stored. */
export function forgetAction(scope: EnvironmentScope, action: string): void {
  scope.caches.of(actions).delete(keyOf(scope, action));
}

function keyOf({ environment }: EnvironmentScope, action: string): string {
  return `${environment.pk}:${action}`;
}

function invalidEvent(violations: readonly Violation[]): DomainError {
  return new DomainError("invalid_request", "Invalid Audit Log event.", {
    wireCode: "invalid_audit_log_event",
    violations,
  });
}

async function violationsOf(
  scope: EnvironmentScope,
  event: NewEvent,
  { id, newest }: KnownAction,
): Promise<readonly Violation[]> {
  if (newest === 0) {
    if (!scope.environment.strictActions) return [];
    const message = `The action '${event.action}' has no schema, and this environment rejects unknown actions.`;
    return [{ code: "unknown_action", instancePath: "/action", message }];
  }
  const found = event.version <= newest ? await findCheck(scope, id, event.version) : null;
  if (found) return found.check(event);
  const versions = newest === 1 ? "Its only version is 1" : `Its versions are 1 to ${newest}`;
  const message = `'${event.action}' has no schema version ${event.version}. ${versions}.`;
  return [{ code: "unknown_version", instancePath: "/version", message }];
}

function findCheck(scope: EnvironmentScope, actionId: string, version: number): Promise<SizedCheck | null> {
  return scope.caches.of(eventChecks).get(`${actionId}:${version}`, async () => {
    const stored = await readStoredSchema(scope, actionId, version);
    return stored && { check: createEventCheck(stored.schema), characters: stored.characters };
  });
}

/** Not through Prisma, which would take several times as long for each of a batch's actions. */
async function findAction({ db, environment }: EnvironmentScope, name: string): Promise<KnownAction | null> {
  const [action] = await db.query<KnownAction>(
    `SELECT id, coalesce((SELECT max(version) FROM audit_log_schema WHERE action_id = action.id), 0) AS newest
     FROM action WHERE environment_pk = $1 AND name = $2`,
    [environment.pk, name],
    { prepared: "find_action" },
  );
  return action ?? null;
}

async function findOrRegister(scope: EnvironmentScope, name: string): Promise<KnownAction> {
  const known = await findAction(scope, name);
  if (known) return known;
  if (scope.environment.strictActions) return { id: "", newest: 0 };
  if (!(await isFull(scope))) {
    await admitNewAction(scope);
    const id = await registerAction(scope.db.prisma, scope, name);
    if (id !== null) return { id, newest: 0 };
    // Another request has just registered it, or the last place.
    const registered = await findAction(scope, name);
    if (registered) return registered;
  }
  throw invalidEvent([{ code: "too_many_actions", instancePath: "/action", message: TOO_MANY_ACTIONS }]);
}
