import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const packages = {
  "": { name: "trailport" },
  "node_modules/pg": { version: "8.0.0" },
  "node_modules/vitest": { version: "4.0.0", dev: true },
  "node_modules/shared": { version: "1.0.0", devOptional: true },
  "node_modules/other-platform": { version: "1.0.0", optional: true },
};
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "install-"));
  await mkdir(join(folder, "node_modules"));
  await writeFile(join(folder, "package-lock.json"), JSON.stringify({ packages }));
});

afterEach(() => rm(folder, { recursive: true }));

/** Whether an installation with these packages is complete for a build to run, and for everything else. */
async function isInstalled(present: object): Promise<{ production: boolean; all: boolean }> {
  await writeFile(join(folder, "node_modules", ".package-lock.json"), JSON.stringify({ packages: present }));
  const module = pathToFileURL(join(import.meta.dirname, "install.mjs")).href;
  const script = `import { isInstalled } from ${JSON.stringify(module)};
    console.log(JSON.stringify({ production: isInstalled("production"), all: isInstalled() }));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: folder });
  return JSON.parse(output.toString()) as { production: boolean; all: boolean };
}

test("a build runs with the production packages alone", async () => {
  expect(await isInstalled({ "node_modules/pg": { version: "8.0.0" } })).toEqual({ production: true, all: false });
  const { "node_modules/other-platform": _other, ...complete } = packages;
  expect(await isInstalled(complete)).toEqual({ production: true, all: true });
});

test("a production package of another version is not installed", async () => {
  expect(await isInstalled({ "node_modules/pg": { version: "7.0.0" } })).toEqual({ production: false, all: false });
  expect(await isInstalled({})).toEqual({ production: false, all: false });
});
