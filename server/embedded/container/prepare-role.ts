import { randomBytes } from "node:crypto";
import { readMemoryLimit } from "@/server/embedded/host/memory-limit";
import { readStartEnv, type StartEnv } from "@/server/embedded/supervisor/start-env";
import { checkServer } from "@/server/infra/postgres/check-server";
import { readEnv } from "@/server/kernel/env";

/**
 * Completes and checks the environment of a process that runs alone in its container. Unlike the start command, this
 * starts no database, migrates nothing and creates no secrets, because other containers need the same ones.
 *
 * @throws Error in one sentence that says what is missing or can't be reached
 */
export async function prepareRole(role: "web" | "worker"): Promise<void> {
  const start = readStartEnv(process.env, await readMemoryLimit());
  if (start.databaseUrl === undefined) {
    throw new Error(`DATABASE_URL is missing: "${role}" needs a PostgreSQL server that all containers share.`);
  }
  // Only migrations may change tables.
  delete process.env["DATABASE_OWNER_URL"];
  Object.assign(process.env, start.hasInngest ? serverVariables(role, start) : runnerVariables());
  process.env["MEMORY_LIMIT"] = String(start.memory);
  readEnv();
  await checkServer(start.databaseUrl);
}

/** The worker runs the functions itself. The keys only sign its calls of itself, so they differ in each process. */
function runnerVariables(): Record<string, string> {
  return {
    TRAILPORT_EMBEDDED_RUNNER: "1",
    INNGEST_EVENT_KEY: randomBytes(32).toString("hex"),
    INNGEST_SIGNING_KEY: `signkey-prod-${randomBytes(32).toString("hex")}`,
  };
}

/** An Inngest server calls the worker's container directly, on the port that the web process has in its own. */
function serverVariables(role: "web" | "worker", { port, host }: StartEnv): Record<string, string> {
  return role === "web" ? {} : { TRAILPORT_WORKER_PORT: String(port), TRAILPORT_WORKER_HOST: host };
}
