import type { Services } from "@/server/kernel/services";

/** Records that functions are being run, whether by the embedded runner or by an Inngest server. */
export async function recordHeartbeat(services: Services): Promise<void> {
  await services.db.query(
    "INSERT INTO runner.heartbeat DEFAULT VALUES ON CONFLICT (only_one) DO UPDATE SET beat_at = now()",
    [],
  );
}

/** Returns the age of the last heartbeat in seconds of the database's clock; infinite if there was none. */
export async function secondsSinceHeartbeat(services: Services): Promise<number> {
  const [row] = await services.db.query<{ seconds: number }>(
    "SELECT extract(epoch FROM now() - beat_at)::float AS seconds FROM runner.heartbeat",
    [],
  );
  return row?.seconds ?? Infinity;
}
