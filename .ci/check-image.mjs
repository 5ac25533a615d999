// Proves that the Dockerfile works, line by line, where no container engine is available: `.ci/check-image` (as root on
// Linux; takes about five minutes). Each stage runs in a root of its own, in which this machine's root stands in for the
// base image. Then the result runs as the image's user without a network, on a read-only root.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { copyContext, readDockerfile } from "./image/dockerfile.mjs";
import { bytesBelow, chroot, mountRoot, unmountRoots } from "./image/roots.mjs";

const LIMIT = 300e6;
const root = resolve(import.meta.dirname, "..");

// Every mount and the network belong to this process alone and end with it.
if (process.env.TRAILPORT_CHECK_IMAGE === undefined) {
  if (process.platform !== "linux" || process.getuid() !== 0) {
    console.error("\n  .ci/check-image needs root on Linux, because it mounts. Elsewhere, use docker build.\n");
    process.exit(1);
  }
  const args = [
    "--mount",
    "--propagation",
    "private",
    process.execPath,
    import.meta.filename,
    ...process.argv.slice(2),
  ];
  const env = { ...process.env, TRAILPORT_CHECK_IMAGE: "1" };
  process.exit(spawnSync("unshare", args, { stdio: "inherit", env }).status ?? 1);
}

const work = mkdtempSync(join(tmpdir(), "check-image-"));
const log = (line) => console.log(`  ${line}`);

/** Runs the instructions of all stages. Returns the last one. */
function build() {
  const stages = new Map();
  let stage;
  for (const { name, value, line } of readDockerfile(join(root, "Dockerfile"))) {
    const startedAt = performance.now();
    if (name === "FROM") stage = newStage(stages, value);
    else if (name === "WORKDIR") mkdirSync(join(stage.root, (stage.folder = value)), { recursive: true });
    else if (name === "ENV") for (const pair of value.split(" ")) stage.env.push(pair);
    else if (name === "RUN") chroot(stage, ["/bin/sh", "-c", value], "0:0", "inherit");
    else if (name === "COPY") copy(stages, stage, value.split(" "));
    else if (name === "USER") stage.user = value;
    else if (name === "VOLUME") stage.volume = value;
    else if (name === "ENTRYPOINT") stage.entrypoint = JSON.parse(value);
    else if (name === "HEALTHCHECK") stage.health = JSON.parse(value.slice(value.indexOf("[")));
    else if (!["ARG", "EXPOSE"].includes(name)) throw new Error(`Line ${line}: ${name} is not supported.`);
    log(`${name} ${value.slice(0, 70)} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  }
  return stage;
}

function newStage(stages, value) {
  const [, , name = "final"] = value.split(/\s+/);
  const stage = {
    env: [`PATH=${dirname(process.execPath)}:${process.env.PATH}`, "HOME=/root"],
    folder: "/",
    user: "0:0",
  };
  Object.assign(stage, mountRoot(join(work, name)));
  stages.set(name, stage);
  return stage;
}

function copy(stages, stage, words) {
  const from = words[0].startsWith("--from=") ? stages.get(words.shift().slice(7)) : undefined;
  const target = resolve(stage.folder, words.pop());
  if (from === undefined) return copyContext(root, words, join(stage.root, target));
  for (const source of words) {
    mkdirSync(join(stage.root, dirname(target)), { recursive: true });
    if (spawnSync("cp", ["-a", join(from.root, source), join(stage.root, target)]).status !== 0)
      throw new Error(`${source} could not be copied.`);
  }
}

try {
  const image = build();
  const bytes = bytesBelow(image.layer);
  log(`The image's own layer: ${Math.round(bytes / 1e6)} MB`);
  if (bytes > LIMIT) throw new Error(`The layer is larger than ${LIMIT / 1e6} MB.`);
  // Without a network from here on.
  const probe = [
    "--net",
    process.execPath,
    join(import.meta.dirname, "image", "probes.mjs"),
    JSON.stringify({ image, work }),
  ];
  if (spawnSync("unshare", probe, { stdio: "inherit" }).status !== 0) throw new Error("The image does not work.");
  console.log("\nImage: passed");
} catch (error) {
  console.error(`\n  ${error.stack}\n\nImage: failed`);
  process.exitCode = 1;
} finally {
  unmountRoots();
  rmSync(work, { recursive: true, force: true });
}
