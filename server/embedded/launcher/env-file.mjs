// Plain JavaScript without packages: the launcher imports this file before anything is installed.
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";

/** The names under which other tools keep configuration, Next among them. */
const LOOKS_LIKE_CONFIGURATION = /^\.env(\.(local|production|development|test)(\.local)?)?$/;

/**
 * Reads the configuration file into the environment; variables that are already set win over it. The file is the one
 * that `TRAILPORT_ENV_FILE` names, otherwise `.env` in the folder `root`. An empty `TRAILPORT_ENV_FILE` reads none.
 *
 * @param {string} root
 * @returns {string[]} a sentence for each file, in `root` or the current folder, that looks like configuration but is not
 * read
 * @throws Error in one sentence if the named file doesn't exist, or if a file can't be read
 */
export function loadEnvFile(root) {
  const read = readEnvFile(root);
  // Otherwise Next would read `.env.local` and others into the web process, and the worker would not have them.
  process.env.__NEXT_PROCESSED_ENV = "true";
  const folders = new Set([resolve(root), process.cwd()]);
  return [...folders].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => LOOKS_LIKE_CONFIGURATION.test(name) && resolve(folder, name) !== read)
      .map((name) => `${resolve(folder, name)} is ignored. ${whatIsRead(root, read)}`),
  );
}

/**
 * @param {string} root
 * @returns {string | null} the file that was read
 */
function readEnvFile(root) {
  const named = process.env.TRAILPORT_ENV_FILE;
  if (named === "") return null;
  const file = resolve(root, named ?? ".env");
  if (!existsSync(file)) {
    if (named === undefined) return null;
    throw new Error(`TRAILPORT_ENV_FILE names a file that doesn't exist: ${named}`);
  }
  try {
    process.loadEnvFile(file);
  } catch (error) {
    throw new Error(`The configuration file ${file} can't be read (${error.code ?? error.message}).`, { cause: error });
  }
  return file;
}

/**
 * @param {string} root
 * @param {string | null} read
 */
function whatIsRead(root, read) {
  if (read !== null) return `The configuration is read from ${read}.`;
  if (process.env.TRAILPORT_ENV_FILE === "") return "TRAILPORT_ENV_FILE is empty, so no file is read.";
  return `Rename it to ${resolve(root, ".env")}, or set TRAILPORT_ENV_FILE to its path.`;
}
