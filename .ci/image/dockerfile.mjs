import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";

/**
 * Returns the instructions of a Dockerfile. One that continues on the next line is not supported.
 *
 * @param {string} path
 */
export function readDockerfile(path) {
  return readFileSync(path, "utf8")
    .split("\n")
    .map((text, index) => ({ text: text.trim(), line: index + 1 }))
    .filter(({ text }) => text !== "" && !text.startsWith("#"))
    .map(({ text, line }) => {
      if (text.endsWith("\\")) throw new Error(`Line ${line} of ${path} continues on the next one.`);
      const [, name = "", value = ""] = /^(\S+)\s+(.*)$/.exec(text) ?? [];
      return { name, value, line };
    });
}

/**
 * Copies files of the build context that .dockerignore lets through. The file must be a list of what to include
 * (`*`, then `!path`), then of what to leave out (`path` or `**` followed by the end of a name).
 *
 * @param {string} root
 * @param {string[]} sources
 * @param {string} target
 */
export function copyContext(root, sources, target) {
  const lines = readFileSync(join(root, ".dockerignore"), "utf8").split("\n").filter(Boolean);
  if (lines[0] !== "*") throw new Error('.dockerignore must begin with "*".');
  const included = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  const excluded = lines.slice(1).filter((line) => !line.startsWith("!"));
  const isExcluded = (path) =>
    excluded.some((rule) => (rule.startsWith("**/*") ? path.endsWith(rule.slice(4)) : path === rule));
  const filter = (path) => !isExcluded(relative(root, path));
  mkdirSync(target, { recursive: true });
  for (const source of sources.includes(".") ? included : sources) {
    if (!included.includes(source)) throw new Error(`.dockerignore leaves out ${source}.`);
    const name = sources.includes(".") ? source : basename(source);
    cpSync(join(root, source), join(target, name), { recursive: true, filter });
  }
}
