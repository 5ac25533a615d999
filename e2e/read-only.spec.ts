// The application's folder as an image has it: read-only, with the packages of production alone, and no network.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "@playwright/test";

const canUnshare = spawnSync("unshare", ["--mount", "--net", "ip", "link", "set", "lo", "up"]).status === 0;
const note = canUnshare ? "" : " (skipped: this user can't create mount and network namespaces)";

/** What the build consists of, besides node_modules. */
const FOLDERS = [".build-stamp", ".next", "app", "components", "dist", "prisma", "public", "schemas", "server"];
const FILES = [
  "next.config.js",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "prisma.config.ts",
  "tsconfig.json",
];

/** Starts Trailport, prints the status of some pages, and stops it. */
const SCRIPT = `
  ip link set lo up
  mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && cd "$1" || exit 1
  touch file 2>/dev/null && echo "the folder can be written to"
  node server/embedded/launcher/launch.mjs --empty > "$TRAILPORT_DATA_DIR/output" 2>&1 &
  until [ -f "$TRAILPORT_DATA_DIR/first-start.json" ] && grep -q "is running" "$TRAILPORT_DATA_DIR/output"; do
    kill -0 $! || break
    sleep 0.2
  done
  for path in /api/health/ready /sign-in /docs/api /openapi.json; do
    node -e 'fetch("http://127.0.0.1:" + process.env.PORT + process.argv[1]).then((r) => console.log(process.argv[1] + " " + r.status))' $path
  done
  kill -TERM $!
  wait $!
  echo "exit $?"`;

test(`a build starts read-only, offline and without development packages${note}`, async () => {
  test.skip(!canUnshare);
  const dataDirectory = await mkdtemp(path.join(tmpdir(), "trailport-e2e-"));
  await chmod(dataDirectory, 0o711);
  // Next to this folder, because hard links need the same file system.
  const copy = await mkdtemp(path.join(path.dirname(process.cwd()), "trailport-read-only-"));
  await chmod(copy, 0o755);
  try {
    execFileSync("cp", ["-al", ...FOLDERS, ...FILES, "node_modules", copy]);
    // npm writes this file in place, which would change the original.
    const list = path.join(copy, "node_modules", ".package-lock.json");
    const content = await readFile(list);
    await rm(list);
    await writeFile(list, content);
    execFileSync("npm", ["prune", "--omit=dev", "--offline", "--no-audit", "--no-fund"], {
      cwd: copy,
      stdio: "ignore",
    });
    expect(spawnSync("ls", [path.join(copy, "node_modules", "vitest")]).status).not.toBe(0);

    const environment = { TRAILPORT_DATA_DIR: dataDirectory, TRAILPORT_ENV_FILE: "", DRAIN_SECONDS: "0", PORT: "3000" };
    const started = spawn("unshare", ["--mount", "--net", "sh", "-c", SCRIPT, "sh", copy], {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [output] = await Promise.all([text(started.stdout), once(started, "exit")]);

    const messages = await readFile(path.join(dataDirectory, "output"), "utf8");
    expect(output, messages).toBe("/api/health/ready 200\n/sign-in 200\n/docs/api 200\n/openapi.json 200\nexit 0\n");
    expect(messages).not.toMatch(/Installing|Building|EROFS|ENOENT/);
  } finally {
    await rm(copy, { recursive: true });
    await rm(dataDirectory, { recursive: true });
  }
});
