// Plain JavaScript without packages: this file runs before anything is installed.
import { readFileSync } from "node:fs";
import { runCommand } from "./run-command.mjs";

/**
 * Whether node_modules matches package-lock.json. npm writes its own list of packages last, so an interrupted
 * installation counts as none.
 *
 * @param {"all" | "production"} [packages] which ones are needed: a build runs without the development packages.
 * @returns {boolean}
 */
export function isInstalled(packages = "all") {
  const wanted = readLock("package-lock.json");
  const present = readLock("node_modules/.package-lock.json");
  if (wanted === null || present === null) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    const installed = present[path];
    // npm's list omits the root package, and optional packages of other platforms are not installed.
    if (path === "" || (installed === undefined && entry.optional)) return true;
    if (packages === "production" && (entry.dev || (installed === undefined && entry.devOptional))) return true;
    return installed !== undefined && installed.version === entry.version;
  });
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean, dev?: boolean, devOptional?: boolean }> | null}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return null;
  }
}

/**
 * Installs all packages: `npm start` and `npm test` share one installation.
 *
 * @returns {Promise<void>}
 */
export function install() {
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  // Prefer the npm that runs this script, so that the version stays the one the user chose. Its path is a script's.
  const npm = process.env.npm_execpath;
  return npm?.endsWith(".js") ? runCommand(process.execPath, [npm, ...args]) : runCommand("npm", args);
}
