// `npm start` and `npm run dev`: installs and builds what is missing, then starts. Nothing but Node may be needed here.
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

function refuse(line) {
  console.error("\n  " + line + "\n");
  process.exit(1);
}

function checkNodeVersion() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  refuse("Trailport needs Node.js 20.19 or newer; this is " + process.version + ".");
}

/** A running server must not lose its packages and pages. */
async function refuseWhileRunning() {
  const { lockHolder } = await import("../host/process-identity.mjs");
  const holder = lockHolder(resolve(process.env.TRAILPORT_DATA_DIR || ".trailport", "supervisor.lock"));
  if (holder !== null && !holder.stopping) {
    refuse("Trailport is running (process " + holder.pid + ") and has to be updated. Stop it first.");
  }
}

async function launch() {
  process.chdir(root);
  const { stage, tell } = await import("../host/progress.mjs");
  const { isInstalled, install } = await import("./install.mjs");
  const { isBuilt, build } = await import("./build.mjs");
  const isDevelopment = process.argv.includes("--dev");
  if (!isInstalled()) {
    await refuseWhileRunning();
    tell("Installing packages; this takes a minute or two …");
    await stage("Packages installed", install);
  }
  if (isDevelopment) {
    await import(pathToFileURL(join(root, "prisma", "generate.mjs")).href);
    const { register } = await import("tsx/esm/api");
    register();
    await import("../supervisor/start.ts");
    return;
  }
  if (!isBuilt()) {
    await refuseWhileRunning();
    tell("Building …");
    await stage("Built", build);
  }
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(join(root, "dist", "start.js")).href);
}

checkNodeVersion();
launch().catch((error) => refuse(error.message));
