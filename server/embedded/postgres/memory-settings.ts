import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { memorySizes } from "@/server/kernel/memory-sizes";
import type { Cluster } from "./cluster";
import { postgresEnv } from "./postgres-env";

/** The settings that take memory, with the bytes in which PostgreSQL counts each. */
const units = { shared_buffers: 8192, maintenance_work_mem: 1024, work_mem: 1024 };

/**
 * Returns the settings of the cluster's configuration that exceed what fits into the memory, lowered to that. A cluster
 * may have been created with more: on another machine, or before its container got a limit.
 *
 * @param memory bytes that all of Trailport may use.
 */
export async function loweredSettings(
  cluster: Cluster,
  binaries: string,
  memory: number,
): Promise<Record<string, string>> {
  const { postgres } = memorySizes(memory);
  const lowered = await Promise.all(
    (Object.keys(units) as (keyof typeof units)[]).map(async (name) => {
      const configured = (await readSetting(cluster, binaries, name)) * units[name];
      return configured > postgres[name] * 2 ** 20 ? [[name, `${postgres[name]}MB`]] : [];
    }),
  );
  return Object.fromEntries(lowered.flat()) as Record<string, string>;
}

/** Returns a setting that `postgresql.conf` or `ALTER SYSTEM` set; NaN if the configuration is not valid. */
async function readSetting(cluster: Cluster, binaries: string, name: string): Promise<number> {
  const options = { ...cluster.user, cwd: "/", env: postgresEnv() };
  const run = promisify(execFile)(join(binaries, "bin", "postgres"), ["-D", cluster.data, "-C", name], options);
  return run.then(
    ({ stdout }) => Number(stdout.trim()),
    // The start that follows reports what is wrong.
    () => Number.NaN,
  );
}
