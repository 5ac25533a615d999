import path from "node:path";
import type { BenchDatabase } from "./bench-database";

/** Returns the environment variables that the start command would set for a web or worker process on this database. */
export function environmentFor({ databaseUrl, folder }: BenchDatabase): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    TRAILPORT_DATA_DIR: path.join(folder, "data"),
    TRAILPORT_EMBEDDED_RUNNER: "1",
    AUTH_SECRET: "a secret that only benchmarks use",
    DOWNLOAD_SECRET: "a secret that only benchmarks use",
    INNGEST_EVENT_KEY: "event-key-for-benches",
    INNGEST_SIGNING_KEY: `signkey-prod-${"ab".repeat(32)}`,
    // Requests and events are counted, but the limits are never reached.
    RATE_LIMIT_PER_MINUTE: "1000000000",
    EVENT_LIMIT_PER_MINUTE: "1000000000",
    CALL_LIMIT_PER_MINUTE: "1000000000",
    LOG_LEVEL: "warn",
  };
}
