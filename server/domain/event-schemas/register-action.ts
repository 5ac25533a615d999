import { DomainError } from "@/server/errors";
import { newId } from "@/server/ids";
import type { EnvironmentScope, Services } from "@/server/services";

/** Per database, what was found or is being looked up: actions are never taken away, so once is enough. */
const known = new WeakMap<Services["db"], Map<string, Promise<void>>>();
/** Bounds the memory that hostile action names can take. */
const MOST_KNOWN = 100_000;

/**
 * Makes sure that the event's action exists. A strict environment refuses one that nobody configured; any other
 * registers it on sight, so that a new user's first event is never refused.
 * @throws DomainError `invalid_request` (`invalid_audit_log_event`) in a strict environment
 */
export function requireAction(scope: EnvironmentScope, name: string): Promise<void> {
  const found = known.get(scope.db) ?? new Map<string, Promise<void>>();
  known.set(scope.db, found);
  const { pk, strictActions } = scope.environment;
  const key = `${pk}:${strictActions}:${name}`;
  const before = found.get(key);
  if (before) return before;
  if (found.size >= MOST_KNOWN) found.clear();
  const lookUp = findOrRegister(scope, name);
  found.set(key, lookUp);
  // A refusal may end, once somebody configures the action.
  lookUp.catch(() => found.delete(key));
  return lookUp;
}

async function findOrRegister(scope: EnvironmentScope, name: string): Promise<void> {
  const environmentPk = scope.environment.pk;
  const existing = await scope.db.prisma.action.findUnique({
    where: { environmentPk_name: { environmentPk, name } },
    select: { schemas: { take: 1, select: { id: true } } },
  });
  if (scope.environment.strictActions) {
    if (existing?.schemas.length) return;
    const message = `The action '${name}' is not configured, and this environment is strict.`;
    throw new DomainError("invalid_request", "Invalid Audit Log event.", {
      wireCode: "invalid_audit_log_event",
      violations: [{ code: "unknown_action", instancePath: "/action", message }],
    });
  }
  if (existing) return;
  const now = scope.now();
  await scope.db.prisma.action.createMany({
    data: { id: newId("ala", now), environmentPk, name, createdAt: now, updatedAt: now },
    skipDuplicates: true,
  });
}
