import type { Secrets } from "./secrets";
import type { StartEnv } from "./start-env";

/** The environment of web and worker: what the user set, and whatever of it is missing. */
export function childEnv(
  start: StartEnv,
  secrets: Secrets,
  databaseUrl: string,
  mode: "production" | "development",
): NodeJS.ProcessEnv {
  const runner = {
    TRAILPORT_EMBEDDED_RUNNER: "1",
    INNGEST_EVENT_KEY: secrets.inngest_event_key,
    INNGEST_SIGNING_KEY: secrets.inngest_signing_key,
  };
  return {
    // Quiet at a terminal; LOG_LEVEL=info also tells of starts and of runs of functions.
    LOG_LEVEL: "warn",
    AUTH_SECRET: secrets.auth_secret,
    DOWNLOAD_SECRET: secrets.download_secret,
    ...withoutEmpty(process.env),
    ...(start.hasInngest ? {} : runner),
    NODE_ENV: mode,
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(start.port),
    HOST: start.host,
    DATABASE_URL: databaseUrl,
    TRAILPORT_DATA_DIR: start.dataDir,
  };
}

function withoutEmpty(variables: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
}
