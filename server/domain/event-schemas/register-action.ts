import { DomainError } from "@/server/errors";
import { newId } from "@/server/ids";
import type { EnvironmentScope, Services } from "@/server/services";

/** Per database: actions are never taken away, so what was seen once need not be looked up again. */
const known = new WeakMap<Services["db"], Set<string>>();
/** Bounds the memory that hostile action names can take. */
const MOST_KNOWN = 100_000;

/**
 * Makes sure that the event's action exists. A strict environment refuses one that nobody configured; any other
 * registers it on sight, so that a new user's first event is never refused.
 * @throws DomainError `invalid_request` (`invalid_audit_log_event`) in a strict environment
 */
export async function requireAction(scope: EnvironmentScope, name: string): Promise<void> {
  const seen = known.get(scope.db) ?? new Set<string>();
  known.set(scope.db, seen);
  const key = `${scope.environment.pk}:${scope.environment.strictActions}:${name}`;
  if (seen.has(key)) return;
  const where = { environmentPk_name: { environmentPk: scope.environment.pk, name } };
  const existing = await scope.db.prisma.action.findUnique({ where, select: { schemas: { take: 1, select: { id: true } } } });
  if (scope.environment.strictActions) {
    if (existing?.schemas.length) return remember(seen, key);
    throw new DomainError("invalid_request", "Invalid Audit Log event.", {
      wireCode: "invalid_audit_log_event",
      violations: [{ code: "unknown_action", instancePath: "/action", message: `The action '${name}' is not configured, and this environment is strict.` }],
    });
  }
  if (!existing) {
    const now = scope.now();
    await scope.db.prisma.action.createMany({
      data: { id: newId("ala", now), environmentPk: scope.environment.pk, name, createdAt: now, updatedAt: now },
      skipDuplicates: true,
    });
  }
  remember(seen, key);
}

function remember(seen: Set<string>, key: string): void {
  if (seen.size >= MOST_KNOWN) seen.clear();
  seen.add(key);
}
