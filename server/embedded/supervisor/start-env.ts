import { resolve } from "node:path";
import { z } from "zod";
import { byteSize } from "@/server/kernel/byte-size";
import { databaseUrl } from "@/server/kernel/database-url";
import { namesInngestServer } from "@/server/kernel/inngest-env";
import { publicUrl } from "@/server/kernel/public-url";
import { DEFAULT_DRAIN_SECONDS } from "@/server/kernel/timeouts";

type Variables = Record<string, string | undefined>;

const port = z.coerce.number().int().min(1).max(65_535);

const variables = z.object({
  PORT: port.default(3000),
  HOST: z.string().default("127.0.0.1"),
  PUBLIC_URL: publicUrl.optional(),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_OWNER_URL: databaseUrl.optional(),
  TRAILPORT_DATA_DIR: z.string().default(".trailport"),
  MEMORY_LIMIT: byteSize.optional(),
  DRAIN_SECONDS: z.coerce.number().int().min(0).max(600).optional(),
});

/** What an error message says about a variable whose rule has no message of its own. */
const expected: Record<string, string> = {
  PORT: "must be a number from 1 to 65535",
  MEMORY_LIMIT: "must be a size such as 500MB or 20GB",
  DRAIN_SECONDS: "must be a number of seconds from 0 to 600",
};

export interface StartEnv {
  port: number;
  host: string;
  publicUrl: string;
  /** Undefined: use the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  /** The role that migrates the user's own database; undefined: the one of `databaseUrl`. */
  databaseOwnerUrl: string | undefined;
  dataDir: string;
  /** Bytes of memory that all processes together may use. */
  memory: number;
  /** How long stopping processes accept requests while readiness returns 503. */
  drainSeconds: number;
  /** Whether an Inngest server runs the functions instead of the embedded runner. */
  hasInngest: boolean;
}

/**
 * Reads what the start command needs from the environment. Web and worker read the rest in `server/kernel/env.ts`.
 *
 * @param memoryLimit bytes of the machine's memory or the container's limit; `MEMORY_LIMIT` can only lower it.
 * @throws Error in one sentence that names the variable, never its value.
 */
export function readStartEnv(source: Variables, memoryLimit: number): StartEnv {
  // An empty variable counts as missing: that is what `FOO= npm start` means.
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const result = variables.safeParse(given);
  if (!result.success) {
    const [issue] = result.error.issues;
    const name = String(issue?.path[0]);
    throw new Error(`${name} ${expected[name] ?? (issue?.code === "custom" ? issue.message : "is not valid")}.`);
  }
  const { PORT, HOST, PUBLIC_URL, DATABASE_URL, DATABASE_OWNER_URL, TRAILPORT_DATA_DIR, MEMORY_LIMIT, DRAIN_SECONDS } =
    result.data;
  return {
    port: PORT,
    host: HOST,
    publicUrl: PUBLIC_URL ?? `http://localhost:${PORT}`,
    databaseUrl: DATABASE_URL,
    databaseOwnerUrl: DATABASE_OWNER_URL,
    dataDir: resolve(TRAILPORT_DATA_DIR),
    memory: Math.min(memoryLimit, MEMORY_LIMIT ?? Number.POSITIVE_INFINITY),
    // A person at a terminal has no load balancer to wait for.
    drainSeconds: DRAIN_SECONDS ?? (process.stdout.isTTY ? 0 : DEFAULT_DRAIN_SECONDS),
    hasInngest: namesInngestServer(given),
  };
}
