import path from "node:path";
import type { Stage } from "./bench-database";

/** The environment of a process of ours on a bench's stage, as the start command would set it. */
export function environmentFor({ databaseUrl, folder }: Stage): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    TRAILPORT_DATA_DIR: path.join(folder, "data"),
    TRAILPORT_EMBEDDED_RUNNER: "1",
    AUTH_SECRET: "a secret for benches that nobody else ever uses",
    DOWNLOAD_SECRET: "a secret for benches that nobody else ever uses",
    INNGEST_EVENT_KEY: "event-key-for-benches",
    INNGEST_SIGNING_KEY: `signkey-prod-${"ab".repeat(32)}`,
    // The limit is counted, and never reached.
    RATE_LIMIT_PER_MINUTE: "1000000000",
    LOG_LEVEL: "warn",
  };
}
