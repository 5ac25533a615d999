import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished } from "vitest";
import { seedEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { YEAR } from "@/server/testing/run-export";

/** Runs the command like `npm run backup` or `npm run restore`, for the installation of these variables. */
function run(args: readonly string[], variables: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "server/embedded/backup/command.ts", ...args],
    { env: { NODE_ENV: "test", PATH: process.env["PATH"], TRAILPORT_ENV_FILE: "", ...variables }, encoding: "utf8" },
  );
  return { status, output: stdout + stderr };
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "trailport-backup-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  // PostgreSQL, which root starts as another user, must be able to reach its data in it.
  await chmod(folder, 0o711);
  return folder;
}

test("a backup is restored into a new data directory once, and taken again while that is stopped", async ({
  world,
  organization,
}) => {
  await seedEvents(organization, { count: 200, ...YEAR, seed: 1 });
  const backups = await newFolder();
  const first = path.join(backups, "first");
  const source = { DATABASE_URL: world.databaseUrl, BLOB_STORE_URL: `file://${world.blobDirectory}` };
  const taken = run(["backup", first], source);
  expect(taken).toEqual({ status: 0, output: expect.stringContaining("200 events and 0 files of exports") as string });

  const target = { TRAILPORT_DATA_DIR: await newFolder() };
  expect(run(["restore", first], target)).toMatchObject({ status: 0 });
  const again = run(["restore", first], target);
  expect(again.status).toBe(1);
  expect(again.output).toContain("The database is not empty: it holds a workspace.");

  const second = path.join(backups, "second");
  expect(run(["backup", second], target)).toMatchObject({ status: 0 });
  const contents = async (folder: string) => {
    // Both were written by the command just now.
    const { tables, sequences } = JSON.parse(await readFile(path.join(folder, "backup.json"), "utf8")) as {
      tables: { table: string; rows: number; file: { bytes: number } }[];
      sequences: object;
    };
    return { sequences, tables: tables.map(({ table, rows, file }) => ({ table, rows, bytes: file.bytes })) };
  };
  expect(await contents(second)).toEqual(await contents(first));
  // Otherwise the next start would give the owner a new password.
  expect(await readFile(path.join(target.TRAILPORT_DATA_DIR, "first-start.json"), "utf8")).toContain("restored_from");
});

test("the command says how to call it, and names what is missing, in one line", async () => {
  expect(run(["backup"], {})).toEqual({
    status: 1,
    output: "\n  Name a folder: npm run backup -- /backups/2026-11-30\n\n",
  });
  const { status, output } = run(["restore", await newFolder()], { TRAILPORT_DATA_DIR: await newFolder() });
  expect(status).toBe(1);
  expect(output).toContain("is not a complete backup: it has no backup.json.");
});
