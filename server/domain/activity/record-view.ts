import type { OrganizationScope } from "@/server/kernel/scopes";
import { memoryPerOwner } from "@/server/kernel/cache";
import { recordActivityOnce } from "./record-activity";

/** Looking again within a quarter of an hour is the same look. */
const WINDOW = 15 * 60_000;

/** Spares the database what it has been told already. */
const memory = memoryPerOwner<void>({ milliseconds: 60_000, most: 10_000 });

/**
 * Notes that somebody looks at the organization's events, or at one of them: once within a quarter of an hour, by
 * however many requests and processes. Resolves when it is stored; run it beside what it notes.
 */
export async function recordView(scope: OrganizationScope, eventId: string | null): Promise<void> {
  const action = eventId === null ? "events.viewed" : "event.viewed";
  const window = Math.floor(scope.now().getTime() / WINDOW);
  const look = JSON.stringify([action, scope.principal.id, scope.organization.pk, eventId, window]);
  const details = eventId === null ? {} : { eventId };
  await memory(scope.db).get(look, () => recordActivityOnce(scope.db.prisma, scope, action, details, look));
}
