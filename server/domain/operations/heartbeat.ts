import type { Services } from "@/server/kernel/services";

/** Seconds without a heartbeat after which the worker counts as failing; it sends one every minute. */
export const MAX_HEARTBEAT_AGE = 180;

/** Seconds by which a heartbeat may be in the future without meaning that the clock was wrong when it was stored. */
const TOLERANCE = 5;
/** Seconds. A larger step between two heartbeats means that the clock was changed, or that the worker did not run. */
const MAX_STEP = 3_600;

/** Records that functions are being run, whether by the embedded runner or by an Inngest server. */
export async function recordHeartbeat(services: Services): Promise<void> {
  await services.db.query(
    `INSERT INTO runner.heartbeat AS known (beat_at) VALUES (now()) ON CONFLICT (only_one) DO UPDATE SET beat_at = now(),
       was_set_back = known.was_set_back OR known.beat_at > now() + make_interval(secs => ${TOLERANCE}),
       steady_since = CASE WHEN abs(extract(epoch FROM now() - known.beat_at)) > ${MAX_STEP} THEN now()
         ELSE least(known.steady_since, now()) END`,
    [],
  );
}

/**
 * Returns the age of the last heartbeat in seconds of the database's clock; infinite if there was none, or if it is in the
 * future: the clock was wrong when it was stored, so it proves nothing.
 */
export async function secondsSinceHeartbeat(services: Services): Promise<number> {
  const [row] = await services.db.query<{ seconds: number }>(
    "SELECT extract(epoch FROM now() - beat_at)::float AS seconds FROM runner.heartbeat",
    [],
  );
  if (row === undefined || row.seconds < -TOLERANCE) return Infinity;
  return Math.max(0, row.seconds);
}

/**
 * Whether the database's clock has run for an hour without a step. Until then it may still be wrong, so nothing is deleted
 * for its age: a clock that jumps forward by a year for a minute must not delete a year of events. The same holds for the
 * first hour after a start, if the worker did not run for an hour.
 */
export async function isClockSteady(services: Services): Promise<boolean> {
  const [row] = await services.db.query<{ isSteady: boolean }>(
    `SELECT abs(extract(epoch FROM now() - beat_at)) <= ${MAX_STEP}
       AND steady_since <= now() - make_interval(secs => ${MAX_STEP}) AS "isSteady" FROM runner.heartbeat`,
    [],
  );
  return row?.isSteady ?? true;
}
