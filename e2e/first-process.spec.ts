// A container whose first process is the launcher: a real PID namespace, in which it has ID 1.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { exampleEvent } from "@/schemas/events/event-body";
import { freePort } from "@/server/embedded/host/free-port";
import { waitUntilReady } from "./trailport-process";

const canUnshare = spawnSync("unshare", ["--pid", "--fork", "--mount-proc", "true"]).status === 0;
const note = canUnshare ? "" : " (skipped: this user can't create PID namespaces)";

/** Sends an event whose body stays incomplete until `finish`, which returns the response's status. */
function beginEvent(
  url: string,
  apiKey: string,
  body: string,
): { accepted: Promise<unknown>; finish(): Promise<number> } {
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json", expect: "100-continue" };
  const sent = request(`${url}/audit_logs/events`, { method: "POST", headers });
  const status = new Promise<number>((resolve, reject) => {
    sent.once("response", (response) => resolve(response.resume().statusCode ?? 0)).once("error", reject);
  });
  // The server's answer to the expectation means that it has accepted the request.
  const accepted = once(sent, "continue");
  sent.flushHeaders();
  return {
    accepted,
    finish: () => {
      sent.end(body);
      return status;
    },
  };
}

test(`as process 1, SIGTERM fails readiness first, and every accepted request gets its response${note}`, async () => {
  test.skip(!canUnshare);
  test.setTimeout(180_000);
  const dataDirectory = await mkdtemp(path.join(tmpdir(), "trailport-e2e-"));
  await chmod(dataDirectory, 0o711);
  const port = String(await freePort());
  const launcher = path.join("server", "embedded", "launcher", "launch.mjs");
  const namespace = ["--pid", "--fork", "--mount-proc", "--kill-child"];
  const container = spawn("unshare", [...namespace, process.execPath, launcher, "--empty"], {
    env: { ...process.env, PORT: port, TRAILPORT_DATA_DIR: dataDirectory, TRAILPORT_ENV_FILE: "", DRAIN_SECONDS: "5" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const exited = once(container, "exit");
  try {
    const start = await waitUntilReady(dataDirectory, exited);
    if (start === null) throw new Error("Trailport did not start.");
    const body = JSON.stringify({ ...exampleEvent, organization_id: start.organization_id });
    const requests = Array.from({ length: 20 }, () => beginEvent(start.url, start.api_key, body));
    await Promise.all(requests.map(({ accepted }) => accepted));

    const first = await readFile(`/proc/${container.pid}/task/${container.pid}/children`, "utf8");
    process.kill(Number.parseInt(first, 10), "SIGTERM");

    await expect
      .poll(async () => (await fetch(`${start.url}/api/health/ready`)).json() as Promise<unknown>)
      .toEqual({ status: "unavailable", failing: ["stopping"] });
    const statuses = await Promise.all(requests.map(({ finish }) => finish()));
    expect(statuses).toEqual(statuses.map(() => 201));
    expect(await exited).toEqual([0, null]);
  } finally {
    container.kill("SIGKILL");
    await exited;
    await rm(dataDirectory, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
});
