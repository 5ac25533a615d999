// Run after `npm install` changed package-lock.json: `node .ci/complete-lock.mjs`.
//
// Where the registry is a mirror that lacks the packages of other platforms, npm leaves those optional packages out of
// the lock file, and npm 11's `npm ci` then refuses it everywhere. This writes them back with what their names say.
import { readFileSync, writeFileSync } from "node:fs";

const platforms = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const processors = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const packages = lock.packages;
const added = [];
for (const dependent of Object.values(packages)) {
  for (const [name, version] of Object.entries(dependent.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    const words = name.split(/[-/]/);
    const cpu = processors.filter((processor) => words.includes(processor));
    if (packages[path] !== undefined || cpu.length === 0 || !/^\d/.test(version)) continue;
    const os = platforms.filter((platform) => words.includes(platform));
    const libc = words.includes("musl") ? ["musl"] : words.includes("gnu") ? ["glibc"] : [];
    packages[path] = {
      version,
      cpu,
      ...(dependent.dev ? { dev: true } : {}),
      ...(libc.length > 0 ? { libc } : {}),
      optional: true,
      ...(os.length > 0 ? { os } : {}),
    };
    added.push(name);
  }
}
const [root, ...others] = Object.keys(packages);
lock.packages = Object.fromEntries([root, ...others.toSorted()].map((path) => [path, packages[path]]));
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} packages of other platforms added`);
