import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { startPostgres } from "@/server/embedded/postgres/start-postgres";
import { createTestDatabase } from "@/server/testing/database";
import { runStatement } from "@/server/testing/run-statement";
import { startInstalledPostgres } from "@/server/testing/installed-postgres";
import { checkServer } from "./check-server";

const old = startInstalledPostgres("15");

async function createDatabase(options: string): Promise<{ url: string; name: string }> {
  const server = inject("testServer");
  const name = `checked_${randomBytes(6).toString("hex")}`;
  await runStatement(server.url, `CREATE DATABASE ${name} ${options}`);
  onTestFinished(() => runStatement(server.url, `DROP DATABASE ${name} WITH (FORCE)`));
  const url = new URL(server.url);
  url.pathname = name;
  return { url: url.href, name };
}

async function rejectionOf(url: string): Promise<string> {
  const error: unknown = await checkServer(url).then(
    () => "accepted",
    (reason: unknown) => reason,
  );
  const message = error instanceof Error ? error.message : String(error);
  expect(message).not.toContain("\n");
  return message;
}

test("a server whose settings Trailport overrides is accepted", async () => {
  const { url, name } = await createDatabase("");
  await runStatement(url, `ALTER DATABASE ${name} SET search_path = "$user", public, extensions`);
  await runStatement(url, `ALTER DATABASE ${name} SET DateStyle = 'German, DMY'`);
  await checkServer(url);
});

test.for(["LATIN1", "SQL_ASCII"])("a database with the encoding %s is rejected", async (encoding) => {
  const { url } = await createDatabase(`ENCODING '${encoding}' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0`);
  expect(await rejectionOf(url)).toMatch(new RegExp(`^DATABASE_URL: the database \\w+ has the encoding ${encoding}`));
});

test("a database whose transactions are read-only is rejected", async () => {
  const { url, name } = await createDatabase("");
  await runStatement(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  expect(await rejectionOf(url)).toMatch(/^DATABASE_URL: transactions are read-only here\./);
});

test("a search path that leads to another schema is rejected", async () => {
  const { url, name } = await createDatabase("");
  await runStatement(url, `ALTER DATABASE ${name} SET search_path = app, public`);
  expect(await rejectionOf(url)).toMatch(/^DATABASE_URL: search_path is app, public, but/);
  const { url: other } = await createDatabase("");
  expect(await rejectionOf(`${other}?options=-csearch_path%3Dapp`)).toMatch(/^DATABASE_URL: search_path is app, but/);
});

test("a read-only standby is rejected", { timeout: 120_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "standby-"));
  await chmod(dataDir, 0o711);
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const settings = { fsync: "off" };
  const options = { dataDir, log: () => undefined, settings };
  await (await startPostgres(options)).stop();
  await writeFile(join(dataDir, "postgres", "data", "standby.signal"), "");
  const standby = await startPostgres(options);
  onTestFinished(() => standby.stop());
  expect(await rejectionOf(standby.url)).toBe(
    "DATABASE_URL: this server is a read-only standby. Connect to the primary.",
  );
});

test.skipIf(typeof old === "string")(
  `PostgreSQL 15 is rejected${typeof old === "string" ? ` (${old})` : ""}`,
  { timeout: 120_000 },
  async () => {
    if (typeof old === "string") return;
    const { url, stop } = await old();
    onTestFinished(stop);
    expect(await rejectionOf(url)).toMatch(
      /^DATABASE_URL: PostgreSQL 15\.\S+.* is too old\. Trailport needs PostgreSQL 16 or newer\.$/,
    );
  },
);

test("a wrong password, a missing one and a missing database are named, without any part of the password", async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const url = new URL(database.url);
  url.password = "s3cret'%40#%25ümlaut";
  const wrong = await rejectionOf(url.href);
  expect(wrong).toMatch(
    /^DATABASE_URL: could not connect to trailport@\S+: the server rejected the user or the password$/,
  );
  url.password = "";
  expect(await rejectionOf(url.href)).toMatch(/the server requires a password, and the URL has none$/);
  const missing = new URL(database.url);
  missing.pathname = "/nowhere";
  expect(await rejectionOf(missing.href)).toMatch(/database "nowhere" does not exist\. Create it/);
});
