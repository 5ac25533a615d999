// `npm run backup -- FOLDER` and `npm run restore -- FOLDER`; docs/operations.md describes them.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { firstStartFiles } from "@/server/embedded/first-start/first-start-state";
import { writePrivateFile } from "@/server/embedded/host/durable-files";
import { withProgress } from "@/server/embedded/host/progress.mjs";
import { grantAccess } from "@/server/infra/migrations/grant-access";
import type { Manifest } from "./manifest";
import { type Installation, openInstallation } from "./open-installation";
import { restoreBackup } from "./restore-backup";
import { takeBackup } from "./take-backup";

const COMMANDS = { backup, restore } as const;

async function backup({ ownerUrl, blobs }: Installation, folder: string): Promise<string> {
  const manifest = await withProgress("Backup taken", () => takeBackup({ databaseUrl: ownerUrl, blobs }, folder));
  return `${summary(manifest)} are in ${folder}. Secrets are not: keep a copy of secrets.json elsewhere.`;
}

async function restore(installation: Installation, folder: string): Promise<string> {
  const { ownerUrl, appUrl, env } = installation;
  const manifest = await withProgress("Backup restored", () => restoreBackup(installation, folder));
  const { username } = new URL(appUrl);
  if (appUrl !== ownerUrl) await grantAccess(ownerUrl, decodeURIComponent(username));
  // Otherwise the next start would give the owner a new password.
  if (env.databaseUrl === undefined)
    await writePrivateFile(firstStartFiles(env.dataDir).result, `${JSON.stringify({ restored_from: folder })}\n`);
  return `${summary(manifest)} are restored, as of ${manifest.startedAt}. Start Trailport.`;
}

function summary({ tables, exports }: Manifest): string {
  const events = tables.find(({ table }) => table === "log.event")?.rows ?? 0;
  const files = Object.keys(exports).length;
  return `${events} events and ${files} files of exports`;
}

async function main(): Promise<void> {
  process.umask(0o077);
  const [name, folder] = process.argv.slice(2);
  if ((name !== "backup" && name !== "restore") || !folder || folder.startsWith("-"))
    throw new Error(`Name a folder: npm run ${name ?? "backup"} -- /backups/2026-11-30`);
  const file = process.env["TRAILPORT_ENV_FILE"] ?? ".env";
  if (file !== "" && existsSync(file)) process.loadEnvFile(file);
  const installation = await openInstallation(process.env);
  const message = await COMMANDS[name](installation, resolve(folder)).finally(() => installation.close());
  console.log(`\n  ${message}\n`);
}

await main().catch((error: unknown) => {
  console.error(`\n  ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
