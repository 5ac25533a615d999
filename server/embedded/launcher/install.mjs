// Plain JavaScript with nothing but Node: it runs before anything is installed.
import { readFileSync } from "node:fs";
import { run } from "../host/progress.mjs";

/**
 * Whether node_modules holds what package-lock.json says, development dependencies included: `npm start` and `npm test`
 * share one installation. npm writes its own list last, so an interrupted installation counts as none.
 *
 * @returns {boolean}
 */
export function isInstalled() {
  const wanted = readLock("package-lock.json");
  const present = readLock("node_modules/.package-lock.json");
  if (wanted === null || present === null) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    const installed = present[path];
    // The root itself is not listed; optional packages are there only on the platforms they are for.
    if (path === "" || (installed === undefined && entry.optional)) return true;
    return installed !== undefined && installed.version === entry.version;
  });
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }> | null}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return null;
  }
}

/** @returns {Promise<void>} */
export function install() {
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  // The npm that runs us, in the version that was chosen; its path is that of a script.
  const npm = process.env.npm_execpath;
  return npm?.endsWith(".js") ? run(process.execPath, [npm, ...args]) : run("npm", args);
}
