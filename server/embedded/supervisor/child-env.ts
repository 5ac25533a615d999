import type { Secrets } from "./secrets";
import type { StartedDatabase } from "./start-database";
import type { StartEnv } from "./start-env";

export type Mode = "production" | "development";

/** Returns the environment of web and worker: the user's variables, with defaults for those that are missing. */
export function childEnv(
  start: StartEnv,
  secrets: Secrets,
  database: Pick<StartedDatabase, "url" | "directory">,
  mode: Mode,
): NodeJS.ProcessEnv {
  const runner = {
    TRAILPORT_EMBEDDED_RUNNER: "1",
    INNGEST_EVENT_KEY: secrets.inngest_event_key,
    INNGEST_SIGNING_KEY: secrets.inngest_signing_key,
  };
  return {
    // Keeps the terminal quiet. LOG_LEVEL=info also logs starts and function runs.
    LOG_LEVEL: "warn",
    AUTH_SECRET: secrets.auth_secret,
    DOWNLOAD_SECRET: secrets.download_secret,
    ...withoutEmpty(process.env),
    ...(start.hasInngest ? {} : runner),
    NODE_ENV: mode,
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(start.port),
    HOST: start.host,
    DATABASE_URL: database.url,
    // Only migrations may change tables.
    DATABASE_OWNER_URL: undefined,
    TRAILPORT_DATABASE_DIR: database.directory,
    TRAILPORT_DATA_DIR: start.dataDir,
    MEMORY_LIMIT: String(start.memory),
    DRAIN_SECONDS: String(start.drainSeconds),
  };
}

function withoutEmpty(variables: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
}
