// `npm run build`: everything that `npm start` runs, into .next/ and dist/. The launcher calls it when it is needed.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compressStatic } from "./compress-static-files.mjs";
import { run, stage } from "../host/progress.mjs";

const stampFile = ".build-stamp";
const folders = ["app", "components", "schemas", "server", "prisma", "public"];
const files = ["package-lock.json", "next.config.js", "postcss.config.mjs", "prisma.config.ts", "tsconfig.json"];

/** Whether what is built is what the sources say. An interrupted build has no stamp. */
export function isBuilt() {
  const products = [stampFile, "dist/start.js", ".next/BUILD_ID", "prisma/generated/client.ts"];
  return products.every((path) => existsSync(path)) && readFileSync(stampFile, "utf8") === fingerprint();
}

/** Builds everything; the tools' own output is shown when one fails. */
export async function build() {
  rmSync(stampFile, { force: true });
  // Of the sources as they are before: a change during the build is a reason for the next one.
  const stamp = fingerprint();
  await run(process.execPath, ["prisma/generate.mjs"]);
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  await Promise.all([bundle(), run(process.execPath, ["node_modules/next/dist/bin/next", "build"], env)]);
  await compressStatic(".next/static");
  writeFileSync(stampFile, stamp);
}

/** Web, worker and start command as plain JavaScript; packages stay in node_modules. */
async function bundle() {
  // Not at the top: the launcher imports this file before anything is installed.
  const { build, stop } = await import("esbuild");
  rmSync("dist", { recursive: true, force: true });
  await build({
    entryPoints: ["server/main.ts", "server/worker.ts", "server/embedded/supervisor/start.ts"],
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
  // Its helper process would stay for as long as the launcher does.
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
  await stage("Built", build).catch((error) => {
    console.error(`\n  ${error.message}\n`);
    process.exit(1);
  });
}
