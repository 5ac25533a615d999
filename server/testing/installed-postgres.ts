import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { vi } from "vitest";
import { freePort } from "@/server/embedded/host/free-port";
import { unprivilegedUser } from "@/server/embedded/postgres/os-user";
import { postgresEnv } from "@/server/embedded/postgres/postgres-env";
import { connect } from "@/server/infra/postgres/connection";

/** Returns a function that starts a PostgreSQL of the system's packages, or why no test can start it on this machine. */
export function startInstalledPostgres(
  major: string,
): string | (() => Promise<{ url: string; stop(): Promise<void> }>) {
  const programs = `/usr/lib/postgresql/${major}/bin`;
  if (!existsSync(join(programs, "initdb"))) return `skipped: PostgreSQL ${major} is not installed`;
  return async () => {
    const user = unprivilegedUser();
    const data = await mkdtemp(join(tmpdir(), `postgres-${major}-`));
    if (user !== undefined) await chown(data, user.uid, user.gid);
    const options = { ...user, cwd: "/", env: postgresEnv() };
    await promisify(execFile)(
      join(programs, "initdb"),
      ["-D", data, "-U", "trailport", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
      options,
    );
    const port = await freePort();
    const settings = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"];
    const server = spawn(join(programs, "postgres"), ["-D", data, "-p", String(port), ...settings], {
      ...options,
      stdio: "ignore",
    });
    const exited = once(server, "exit");
    const url = `postgresql://trailport@127.0.0.1:${port}/postgres`;
    await vi.waitFor(async () => (await connect(url)).end(), { timeout: 60_000, interval: 100 });
    return {
      url,
      async stop() {
        server.kill("SIGQUIT");
        await exited;
        await rm(data, { recursive: true });
      },
    };
  };
}
