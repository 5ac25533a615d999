import superjson from "superjson";
import type { Attack } from "@/bench/hostile/attack";
import { ALL_TIME } from "@/schemas/limits";

const LOOPS = 4;
const DOWNLOADS = 1_500;

/** Requests exports of all events with a portal session. */
export async function requestExports(attack: Attack): Promise<void> {
  const body = JSON.stringify(
    superjson.serialize({ organizationId: attack.target.organizationId, filters: ALL_TIME, format: "csv" }),
  );
  await attack.loop(LOOPS, () => ({
    method: "POST",
    path: "/api/portal/exports.request",
    headers: attack.target.portal,
    body,
  }));
}

/** Downloads one file on many connections, again and again. */
export async function downloadTogether(attack: Attack): Promise<void> {
  const { download } = attack.target;
  if (download === null) throw new Error("There is no export to download.");
  await attack.loop(DOWNLOADS, () => ({ path: download }));
}
