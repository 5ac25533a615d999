import type { OrganizationScope } from "@/server/kernel/scopes";
import { defineCache } from "@/server/kernel/caches";
import { recordActivityOnce } from "./record-activity";

/** Views by the same principal within 15 minutes count as one. */
const WINDOW = 15 * 60_000;

/** Saves writes of views that are already stored. */
const recordedViews = defineCache<void>({ name: "recorded_views", ttl: 60_000, maxEntries: 10_000 });

/**
 * Records that the principal views the organization's events, or the event `eventId`: once per 15 minutes, regardless of
 * how many requests and processes record it. Resolves when it is stored; callers run it in parallel to the read.
 */
export async function recordView(scope: OrganizationScope, eventId: string | null): Promise<void> {
  const action = eventId === null ? "events.viewed" : "event.viewed";
  const window = Math.floor(scope.now().getTime() / WINDOW);
  const view = JSON.stringify([action, scope.principal.id, scope.organization.pk, eventId, window]);
  const details = eventId === null ? {} : { eventId };
  await scope.caches
    .of(recordedViews)
    .get(view, () => recordActivityOnce(scope.db.prisma, scope, action, details, view));
}
