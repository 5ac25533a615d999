// `npm run build`: builds everything that `npm start` runs into .next/ and dist/. `npm start` runs it when needed.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withProgress } from "../host/progress.mjs";
import { compressStaticFiles } from "./compress-static-files.mjs";
import { runCommand } from "./run-command.mjs";

const stampFile = ".build-stamp";
const folders = ["app", "components", "schemas", "server", "prisma", "public"];
const files = [
  "package.json",
  "package-lock.json",
  "next.config.js",
  "postcss.config.mjs",
  "prisma.config.ts",
  "tsconfig.json",
];

/** Whether the build is complete and matches the sources. An interrupted build has no stamp. */
export function isBuilt() {
  const products = [stampFile, "dist/start.js", ".next/BUILD_ID", "prisma/generated/client.ts"];
  return products.every((path) => existsSync(path)) && readFileSync(stampFile, "utf8") === fingerprint();
}

/** Builds everything. Prints the output of a tool only if the tool fails. */
export async function build() {
  rmSync(stampFile, { force: true });
  // Taken before the build, so that a source that changes during the build causes the next one.
  const stamp = fingerprint();
  await runCommand(process.execPath, ["prisma/generate.mjs"]);
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  await Promise.all([bundle(), runCommand(process.execPath, ["node_modules/next/dist/bin/next", "build"], env)]);
  await compressStaticFiles(".next/static");
  writeFileSync(stampFile, stamp);
}

/** Bundles web, worker and start command as plain JavaScript. Packages stay in node_modules. */
async function bundle() {
  // Imported here because the launcher imports this file before anything is installed.
  const { build, stop } = await import("esbuild");
  rmSync("dist", { recursive: true, force: true });
  await build({
    entryPoints: {
      main: "server/main.ts",
      worker: "server/worker.ts",
      start: "server/embedded/supervisor/start.ts",
      container: "server/embedded/container/container.ts",
      backup: "server/embedded/backup/command.ts",
    },
    entryNames: "[name]",
    outdir: "dist",
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    packages: "external",
    alias: { "@": process.cwd() },
    sourcemap: true,
    logLevel: "warning",
  });
  // Otherwise esbuild's child process would live as long as the launcher, which becomes the start command.
  await stop();
}

function fingerprint() {
  const hash = createHash("sha256").update(process.version);
  const sources = folders
    .flatMap((folder) => filesBelow(folder))
    .filter((path) => !/\.test\.tsx?$|^prisma.generated/.test(path));
  for (const path of [...files, ...sources.toSorted()]) {
    if (existsSync(path)) hash.update(`${path}\0`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

/** @param {string} folder */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(fileURLToPath(new URL("../../..", import.meta.url)));
  await withProgress("Built", build).catch((error) => {
    console.error(`\n  ${error.message}\n`);
    process.exit(1);
  });
}
