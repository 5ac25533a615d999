import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "@/server/testing/database";
import { listen } from "@/server/testing/listen";
import { freePort } from "@/server/embedded/host/free-port";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "start-"));
  await chmod(folder, 0o711);
});

afterEach(() => rm(folder, { recursive: true }));

/** Runs the real start command until it fails because there is no build, or stops it once it prints `stopAt`. Returns its output. */
async function start(
  variables: Record<string, string>,
  stopAt: string | null = null,
): Promise<{ code: number; lines: string[] }> {
  const child = spawn(process.execPath, ["--import", "tsx", join("server", "embedded", "supervisor", "start.ts")], {
    env: {
      PATH: process.env["PATH"],
      TRAILPORT_DATA_DIR: join(folder, "data"),
      PORT: String(await freePort()),
      ...variables,
      NODE_ENV: "test",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (stopAt !== null && text.includes(stopAt)) child.kill("SIGTERM");
    });
  }
  // The "close" event passes the exit code first.
  const [code] = (await once(child, "close")) as [number];
  return {
    code,
    lines: text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  };
}

test("a port that is in use fails with one line, before anything is started", async () => {
  const { port, close } = await listen(createServer());

  expect(await start({ PORT: String(port) })).toEqual({
    code: 1,
    lines: [`Port ${port} is in use. Choose another one: PORT=${port + 1} npm start`],
  });
  await close();
});

test("a data directory that is not writable fails with one line", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");

  expect(await start({ TRAILPORT_DATA_DIR: join(file, "data") })).toEqual({
    code: 1,
    lines: [
      `The data directory ${file}/data is not writable (ENOTDIR). Set TRAILPORT_DATA_DIR to a directory that you own.`,
    ],
  });
});

test("a database that cannot be reached fails with one line without the password", async () => {
  const port = await freePort();

  expect(await start({ DATABASE_URL: `postgresql://ada:secret@127.0.0.1:${port}/log` })).toEqual({
    code: 1,
    lines: [`DATABASE_URL: could not connect to ada@127.0.0.1:${port}/log: connect ECONNREFUSED 127.0.0.1:${port}`],
  });
});

test("a start warns of database settings that can lose acknowledged events", async () => {
  // The test server runs with durability turned off.
  const database = await createTestDatabase();

  const { lines } = await start({ DATABASE_URL: database.url }, "WARNING");

  expect(lines).toContain(
    "WARNING: PostgreSQL runs with fsync = off: acknowledged events, and even the whole database, can be lost when the machine stops. Turn it on.",
  );
  await database.drop();
});

test("with https in PUBLIC_URL, a start says that people must open it over https", async () => {
  const unreachable = { DATABASE_URL: `postgresql://ada:secret@127.0.0.1:${await freePort()}/log` };
  const noteOf = async (url: string) =>
    (await start({ ...unreachable, PUBLIC_URL: url })).lines.find((line) => line.startsWith("NOTE:"));

  expect(await noteOf("https://audit.example.com/")).toContain("must open https://audit.example.com, over https.");
  expect(await noteOf("http://audit.example.com")).toBeUndefined();
});

test("an invalid variable fails with one line without its value", async () => {
  expect(await start({ DATABASE_URL: "mysql://ada:secret@localhost/log" })).toEqual({
    code: 1,
    lines: ["DATABASE_URL must be a URL such as postgresql://user:password@host:5432/database."],
  });
  expect(await start({ PUBLIC_URL: "https://audit.example.com/trailport?key=secret" })).toEqual({
    code: 1,
    lines: ["PUBLIC_URL must be a URL such as https://audit.example.com, without a path, query, hash or credentials."],
  });
  expect(await start({ PORT: "eighty" })).toEqual({ code: 1, lines: ["PORT must be a number from 1 to 65535."] });
});
