import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createEmptyDatabase } from "@/server/testing/database";
import { freePort } from "@/server/embedded/host/free-port";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "container-"));
});

afterEach(() => rm(folder, { recursive: true }));

/** Runs the image's entry point until it ends. */
async function run(args: string[], variables: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  const entry = join("server", "embedded", "container", "container.ts");
  const child = spawn(process.execPath, ["--import", "tsx", entry, ...args], {
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      TRAILPORT_DATA_DIR: folder,
      TRAILPORT_ENV_FILE: "",
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  // The "close" event passes the exit code first.
  const [code] = (await once(child, "close")) as [number];
  return { code, output: output.trim() };
}

test("migrate prepares an empty database, prints the sign-in once, and ends", async () => {
  const database = await createEmptyDatabase();

  const first = await run(["migrate", "--empty"], { DATABASE_URL: database.url });
  expect(first.output).toContain("The database is ready.");
  expect(first.code).toBe(0);
  const saved = JSON.parse(await readFile(join(folder, "first-start.json"), "utf8")) as { password: string };
  expect(first.output).toContain(saved.password);

  const second = await run(["migrate", "--empty"], { DATABASE_URL: database.url });
  expect(second).toMatchObject({ code: 0 });
  expect(second.output).toContain("The database is up to date.");
  expect(second.output).not.toContain(saved.password);
  await database.drop();
});

test("web and worker say in one line what they need", async () => {
  expect(await run(["worker"])).toEqual({
    code: 1,
    output: 'DATABASE_URL is missing: "worker" needs a PostgreSQL server that all containers share.',
  });
  const { output } = await run(["web"], { DATABASE_URL: "postgresql://ada:password@127.0.0.1:1/log" });
  expect(output).toMatch(/AUTH_SECRET: .*\n\s*DOWNLOAD_SECRET: /);
  const secrets = { AUTH_SECRET: "a".repeat(32), DOWNLOAD_SECRET: "d".repeat(32) };
  const unreachable = await run(["web"], { DATABASE_URL: "postgresql://ada:password@127.0.0.1:1/log", ...secrets });
  expect(unreachable).toEqual({
    code: 1,
    output: "DATABASE_URL: could not connect to ada@127.0.0.1:1/log: connect ECONNREFUSED 127.0.0.1:1",
  });
});

test("an unknown argument and a process that does not respond fail in one line", async () => {
  const port = String(await freePort());

  expect(await run(["wep"])).toEqual({
    code: 1,
    output: 'There is no "wep". The image runs web, worker, migrate, or nothing for everything in one container.',
  });
  expect(await run(["health"], { PORT: port })).toEqual({
    code: 1,
    output: `http://127.0.0.1:${port}/api/health does not respond.`,
  });
});
