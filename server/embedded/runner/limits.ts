/** The Inngest server's limits, enforced here as well: what works on one machine also works in the cloud. */
export const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
export const MAX_STATE_BYTES = 32 * 1024 * 1024;
export const MAX_STEPS = 1000;
export const MAX_EVENT_BYTES = 512 * 1024;
export const MAX_CALL_MILLISECONDS = 2 * 60 * 60 * 1000;

/** How many calls one process makes at a time. */
export const MAX_CONCURRENT_CALLS = 10;

/** Events with the same name and ID that are sent within this time count as one event. */
export const DEDUPLICATION_PERIOD = "24 hours";
/** How long finished runs and dispatched events are kept. */
export const RETENTION_PERIOD = "7 days";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DELAYS = [15 * SECOND, 30 * SECOND, ...[1, 2, 5, 10, 20, 40, 60, 120].map((minutes) => minutes * MINUTE)];

/** Returns Inngest's own delay (ms) after failure number `attempt` (from 1), with up to 30 s of jitter. */
export function inngestBackoff(attempt: number): number {
  const delay = DELAYS[Math.min(attempt, DELAYS.length) - 1] ?? 15 * SECOND;
  return delay + Math.random() * 30 * SECOND;
}
