// Run by check-image.mjs in a network of its own.
import { spawnSync } from "node:child_process";
import { chownSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startContainer } from "./roots.mjs";

const URL = "http://127.0.0.1:3000";
const TIMEOUT = 180_000;
/** What Docker and Kubernetes are told to allow (s). */
const STOP_LIMIT = 30;
const log = (line) => console.log(`  ${line}`);

/** Starts everything in one container, offline. Sends an event, exports it, and stops. */
async function probeAll(image, work) {
  const volume = newVolume(work, "all");
  const container = startContainer(image, { args: ["--empty"], volume });
  try {
    await untilHealthy(container, "/api/health/ready");
    const rows = await recordAndExport(readJson(join(volume, "first-start.json")));
    log(`Everything in one container: ready, ${rows} exported`);
    checkHealthCommand(image);
    const stopSeconds = await container.stop();
    log(`SIGTERM: stopped in ${stopSeconds.toFixed(1)} s`);
    if (stopSeconds > STOP_LIMIT) throw new Error(`Stopping takes more than ${STOP_LIMIT} s.`);
  } finally {
    container.kill();
  }
}

/** Starts `migrate`, `web` and `worker` over the PostgreSQL of another container. */
async function probeRoles(image, work) {
  const database = newVolume(work, "database");
  const host = startContainer(image, { args: ["--empty"], volume: database, env: ["PORT=3900"] });
  const started = [host];
  try {
    await untilHealthy(host, "/api/health/ready", "http://127.0.0.1:3900");
    const volume = newVolume(work, "roles");
    const env = [`DATABASE_URL=${await createDatabase(database)}`, `AUTH_SECRET=${"a".repeat(32)}`];
    env.push(`DOWNLOAD_SECRET=${"d".repeat(32)}`);
    const start = (...args) => {
      started.push(startContainer(image, { args, volume, env }));
      return started.at(-1);
    };
    const migration = start("migrate", "--empty");
    if ((await migration.exited) !== 0) throw new Error(`migrate failed:\n${migration.output}`);
    const [web, worker] = [start("web"), start("worker")];
    await untilHealthy(web, "/api/health/ready");
    const rows = await recordAndExport(readJson(join(volume, "first-start.json")));
    const seconds = await Promise.all([web.stop(), worker.stop()]);
    log(
      `migrate, web and worker: ${rows} exported; stopped in ${seconds.map((each) => each.toFixed(1)).join(" and ")} s`,
    );
  } finally {
    for (const each of started) each.kill();
  }
}

/** Leaves this process, and all that it starts, with nothing but a loopback interface. */
function goOffline() {
  const { status } = spawnSync("ip", ["link", "set", "lo", "up"]);
  const names = readFileSync("/proc/net/dev", "utf8").match(/^\s*\w+(?=:)/gm) ?? [];
  if (status !== 0 || names.length > 1) throw new Error("The containers would have a network.");
}

function newVolume(work, name) {
  const volume = join(work, name);
  mkdirSync(volume, { mode: 0o770 });
  chownSync(volume, 1000, 0);
  return volume;
}

/** Creates an empty database in a container's PostgreSQL and returns its URL. */
async function createDatabase(volume) {
  const port = readFileSync(join(volume, "postgres", "data", "postmaster.pid"), "utf8").split("\n")[3];
  const password = readFileSync(join(volume, "postgres", "password"), "utf8").trim();
  const url = `postgresql://trailport:${password}@127.0.0.1:${port}`;
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  await client.query("CREATE DATABASE shared");
  await client.end();
  return `${url}/shared`;
}

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

async function untilHealthy(container, path, url = URL) {
  let hasExited = false;
  void container.exited.then(() => (hasExited = true));
  const deadline = performance.now() + TIMEOUT;
  while (!hasExited && performance.now() < deadline) {
    if ((await fetch(url + path).catch(() => null))?.ok) return;
    await sleep(250);
  }
  throw new Error(`The container did not become healthy:\n${container.output}`);
}

function checkHealthCommand(image) {
  const { status } = spawnSync("chroot", [
    image.root,
    "/usr/bin/env",
    "-i",
    ...image.env,
    "/bin/sh",
    "-c",
    `cd ${image.folder} && exec "$@"`,
    "sh",
    ...image.health,
  ]);
  if (status !== 0) throw new Error("HEALTHCHECK fails although the container is ready.");
}

/** Returns what the exported file contains, in words. */
async function recordAndExport({ api_key: key, organization_id: organizationId }) {
  const call = async (method, path, body) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const response = await fetch(URL + path, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const now = Date.now();
  await call("POST", "/audit_logs/events", {
    organization_id: organizationId,
    event: {
      action: "image.checked",
      occurred_at: new Date(now).toISOString(),
      actor: { type: "user", id: "user_1" },
      targets: [{ type: "team", id: "team_1" }],
      context: { location: "203.0.113.7" },
    },
  });
  const range = {
    range_start: new Date(now - 3_600_000).toISOString(),
    range_end: new Date(now + 3_600_000).toISOString(),
  };
  let request = await call("POST", "/audit_logs/exports", { organization_id: organizationId, ...range });
  const deadline = performance.now() + TIMEOUT;
  while (request.state === "pending" && performance.now() < deadline) {
    await sleep(250);
    request = await call("GET", `/audit_logs/exports/${request.id}`);
  }
  const text = await (await fetch(request.url.replace(/^https?:\/\/[^/]+/, URL))).text();
  const rows = text.split("\n").filter((line) => line.includes("image.checked")).length;
  if (rows !== 1) throw new Error(`The export contains:\n${text}`);
  return "1 event";
}

const { image, work } = JSON.parse(process.argv[2]);
goOffline();
await probeAll(image, work);
await probeRoles(image, work);
// The processes of a killed container may still hold its output.
process.exit(0);
