import { randomBytes } from "node:crypto";
import { chmod, mkdir, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning } from "@/server/embedded/host/is-running";
import { isUnlocked } from "./cluster-lock";
import { startPostgres } from "./start-postgres";
import { stopOrphans } from "./stop-orphans";

/** Followed by the ID of the process that uses the folder, so that a later run can find what a killed run left behind. */
const prefix = "trailport-temporary-";

/** Starts an empty PostgreSQL in a temporary folder, for tests and tools. It trades durability for speed; `stop` deletes it. */
export async function startTemporaryPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  await removeAbandoned();
  const dataDir = join(tmpdir(), `${prefix}${process.pid}-${randomBytes(4).toString("hex")}`);
  await mkdir(dataDir);
  // If root runs this, PostgreSQL's user has to traverse the folder.
  await chmod(dataDir, 0o711);
  const server = await startPostgres({
    dataDir,
    log: () => undefined,
    settings: {
      fsync: "off",
      synchronous_commit: "off",
      full_page_writes: "off",
      max_connections: "200",
      shared_buffers: "256MB",
    },
  });
  const stop = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}

async function removeAbandoned(): Promise<void> {
  const abandoned = (await readdir(tmpdir())).filter((name) => {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    return !Number.isNaN(pid) && !isRunning(pid);
  });
  for (const name of abandoned) {
    const folder = join(tmpdir(), name);
    // Folders of other users cannot be removed, and stay.
    const ignore = () => undefined;
    const data = join(folder, "postgres", "data");
    // In another container, this process ID may be that of a run which still uses the folder.
    const isUnused = await stopOrphans(data, ignore).then(
      () => isUnlocked(data),
      () => true,
    );
    if (isUnused) await rm(folder, { recursive: true, force: true }).catch(ignore);
  }
}
