import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "@/server/testing/database";
import { listening } from "@/server/testing/listen";
import { freePort } from "@/server/embedded/host/free-port";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "start-"));
  await chmod(folder, 0o711);
});

afterEach(() => rm(folder, { recursive: true }));

/** The real start command, as far as it gets without a build or until it says `stopAt`; returns what it leaves on the terminal. */
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
  const [code] = (await once(child, "close")) as [number];
  return {
    code,
    lines: text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  };
}

test("a port in use is one clear line, before anything is started", async () => {
  const { port, close } = await listening(createServer());

  expect(await start({ PORT: String(port) })).toEqual({
    code: 1,
    lines: [`Port ${port} is in use. Choose another: PORT=${port + 1} npm start`],
  });
  await close();
});

test("a data directory that cannot be written is one clear line", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");

  expect(await start({ TRAILPORT_DATA_DIR: join(file, "data") })).toEqual({
    code: 1,
    lines: [
      `The data directory ${file}/data cannot be written (ENOTDIR). Set TRAILPORT_DATA_DIR to a directory of your own.`,
    ],
  });
});

test("a database that does not answer is one clear line, without the password", async () => {
  const port = await freePort();

  expect(await start({ DATABASE_URL: `postgresql://ada:secret@127.0.0.1:${port}/log` })).toEqual({
    code: 1,
    lines: [`DATABASE_URL: no connection to ada@127.0.0.1:${port}/log: connect ECONNREFUSED 127.0.0.1:${port}`],
  });
});

test("a database that may lose what it has acknowledged is warned of before anything is served", async () => {
  // The tests' own server runs without what makes it durable.
  const database = await createTestDatabase();

  const { lines } = await start({ DATABASE_URL: database.url }, "WARNING");

  expect(lines).toContain(
    "WARNING: PostgreSQL runs with fsync = off: events that were answered 201, and the whole database with them, can be lost when the machine stops. Turn it on.",
  );
  await database.drop();
});

test("a variable that makes no sense is one clear line, without its value", async () => {
  expect(await start({ DATABASE_URL: "mysql://ada:secret@localhost/log" })).toEqual({
    code: 1,
    lines: ["DATABASE_URL must be an address such as postgresql://user:password@host:5432/database."],
  });
  expect(await start({ PORT: "eighty" })).toEqual({ code: 1, lines: ["PORT must be a number from 1 to 65535."] });
});
