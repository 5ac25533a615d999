// `npm start` and `npm run dev`: installs and builds what is missing, then starts Trailport. Only Node.js is present
// when this file runs, possibly a version that is too old: it imports everything else after checking.
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

function exitWith(message) {
  console.error("\n  " + message + "\n");
  process.exit(1);
}

function checkNodeVersion() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  exitWith("Trailport needs Node.js 20.19 or newer. This is " + process.version + ".");
}

/** Installing or building would replace the packages and pages of a running server. */
async function exitIfRunning() {
  const { findLiveHolder } = await import("../host/lock-holder.mjs");
  const holder = findLiveHolder(resolve(process.env.TRAILPORT_DATA_DIR || ".trailport", "supervisor.lock"));
  if (holder !== null && !holder.isStopping) {
    exitWith("Trailport is running (process " + holder.pid + "). Stop it before you update it.");
  }
}

async function launch() {
  const { startUnderInit } = await import("./init.mjs");
  startUnderInit();
  const { loadEnvFile } = await import("./env-file.mjs");
  const { withProgress, printLine } = await import("../host/progress.mjs");
  for (const notice of loadEnvFile(root)) printLine("NOTE: " + notice);
  process.chdir(root);
  const { isInstalled, install } = await import("./install.mjs");
  const { isBuilt, build } = await import("./build.mjs");
  const isDevelopment = process.argv.includes("--dev");
  const hasBuild = !isDevelopment && isBuilt();
  if (!isInstalled(hasBuild ? "production" : "all")) {
    await exitIfRunning();
    printLine("Installing packages. This takes a minute or two …");
    await withProgress("Packages installed", install);
  }
  if (isDevelopment) {
    await import(pathToFileURL(join(root, "prisma", "generate.mjs")).href);
    const { register } = await import("tsx/esm/api");
    register();
    await import("../supervisor/start.ts");
    return;
  }
  if (!hasBuild && !isBuilt()) {
    await exitIfRunning();
    printLine("Building …");
    await withProgress("Built", build);
  }
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(join(root, "dist", "start.js")).href);
}

checkNodeVersion();
launch().catch((error) => exitWith(error.message));
