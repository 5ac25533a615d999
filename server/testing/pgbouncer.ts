import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { unprivilegedUser } from "@/server/embedded/postgres/os-user";
import { freePort } from "@/server/embedded/host/free-port";
import { connect } from "@/server/infra/postgres/connection";

/** Why no test can start PgBouncer on this machine, or null. */
export const pgbouncerMissing =
  spawnSync("pgbouncer", ["--version"]).status === 0 ? null : "skipped: pgbouncer is not installed";

/** Starts PgBouncer in front of a database. The URL connects through it. */
export async function startPgbouncer(
  databaseUrl: string,
  mode: "session" | "transaction" | "statement",
): Promise<{ url: string; stop(): Promise<void> }> {
  const target = new URL(databaseUrl);
  const folder = await mkdtemp(join(tmpdir(), "pgbouncer-"));
  const port = await freePort();
  const file = join(folder, "pgbouncer.ini");
  await writeFile(
    file,
    `[databases]
* = host=127.0.0.1 port=${target.port} user=${target.username} password=${target.password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
`,
  );
  // PgBouncer does not run as root.
  await chmod(folder, 0o755);
  await chmod(file, 0o644);
  const child = spawn("pgbouncer", [file], { ...unprivilegedUser(), stdio: "ignore" });
  const exited = once(child, "exit");
  const url = new URL(databaseUrl);
  url.port = String(port);
  await vi.waitFor(async () => (await connect(url.href)).end(), { timeout: 20_000, interval: 50 });
  return {
    url: url.href,
    async stop() {
      child.kill("SIGKILL");
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}
