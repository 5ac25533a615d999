import type { Services } from "@/server/kernel/services";

/** Notes that the functions are being run, by whatever runs them. */
export async function noteHeartbeat(services: Services): Promise<void> {
  await services.db.query(
    "INSERT INTO runner.heartbeat DEFAULT VALUES ON CONFLICT (only_one) DO UPDATE SET beat_at = now()",
    [],
  );
}

/** How long ago a function last ran, in seconds of the database's clock. */
export async function secondsSinceHeartbeat(services: Services): Promise<number> {
  const [row] = await services.db.query<{ seconds: number }>(
    "SELECT extract(epoch FROM now() - beat_at)::float AS seconds FROM runner.heartbeat",
    [],
  );
  return row?.seconds ?? Infinity;
}
