import type { NewEvent } from "@/schemas/event";
import { DomainError, type Violation } from "@/server/errors";
import { newId } from "@/server/ids";
import type { EnvironmentScope } from "@/server/services";
import { memoryOfRows, memoryPerOwner } from "@/server/short-memory";
import { compileEventCheck, type EventCheck } from "./check-event";
import { toVersion } from "./event-schemas";

/** An action's checks by version; none for an action that nobody configured. */
type ActionChecks = ReadonlyMap<number, EventCheck>;

/** A new version counts a second later at the latest. */
const actions = memoryOfRows<ActionChecks>("action", 100_000);
/** Versions never change, so each is compiled once. */
const compiled = memoryPerOwner<EventCheck>({ milliseconds: Infinity, most: 100_000 });

/**
 * Holds an event against the version of its action's schema that it names. An action that nobody configured is refused
 * in a strict environment; any other registers it on sight, so that a new user's first event is never refused.
 * @throws DomainError `invalid_request` (`invalid_audit_log_event`) with the places that do not conform
 */
export async function requireValidEvent(scope: EnvironmentScope, event: NewEvent): Promise<void> {
  const { pk, strictActions } = scope.environment;
  const checks = await actions(scope.db).get(`${pk}:${event.action}`, () => findOrRegister(scope, event.action));
  if (checks.size === 0) {
    if (!strictActions) return;
    throw invalidEvent([
      {
        code: "unknown_action",
        instancePath: "/action",
        message: `The action '${event.action}' is not configured, and this environment is strict.`,
      },
    ]);
  }
  const check = checks.get(event.version);
  if (!check) {
    const versions = [...checks.keys()].join(", ");
    throw invalidEvent([
      {
        code: "unknown_version",
        instancePath: "/version",
        message: `'${event.action}' has no schema version ${event.version}; it has ${versions}.`,
      },
    ]);
  }
  const violations = check(event);
  if (violations.length > 0) throw invalidEvent(violations);
}

function invalidEvent(violations: readonly Violation[]): DomainError {
  return new DomainError("invalid_request", "Invalid Audit Log event.", {
    wireCode: "invalid_audit_log_event",
    violations,
  });
}

async function findOrRegister(scope: EnvironmentScope, name: string): Promise<ActionChecks> {
  const environmentPk = scope.environment.pk;
  const where = { environmentPk_name: { environmentPk, name } };
  const action = await scope.db.prisma.action.findUnique({ where, include: { schemas: true } });
  if (action) {
    const entries = action.schemas.map(async (row) => {
      const check = await compiled(scope.db).get(row.id, async () => compileEventCheck(toVersion(row)));
      return [row.version, check] as const;
    });
    return new Map(await Promise.all(entries));
  }
  if (!scope.environment.strictActions) {
    const now = scope.now();
    const data = { id: newId("ala", now), environmentPk, name, createdAt: now, updatedAt: now };
    await scope.db.prisma.action.createMany({ data, skipDuplicates: true });
  }
  return new Map();
}
