import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { serve } from "inngest/edge";
import { expect, onTestFinished } from "vitest";
import { recordHeartbeat } from "@/server/domain/operations/heartbeat";
import { createInngestClient, sendThrough } from "@/server/inngest/client";
import { createFunctions } from "@/server/inngest/functions/create-functions";
import { warnOfRejectedCalls } from "@/server/inngest/warn-of-rejected-calls";
import { signedRequest } from "@/server/inngest/signed-request";
import type { Services } from "@/server/kernel/services";
import { listen } from "@/server/testing/listen";
import { serveApi } from "@/server/testing/serve-api";
import { test } from "@/server/testing/fixtures";
import { inAnotherProcess } from "@/server/testing/services";
import { keepRegistered } from "./keep-registered";
import { reportSending, sendingProblem } from "./report-sending";

const KEY = "ab".repeat(32);
const EVENT_KEY = "event-key-for-tests";
const intervals = { firstRetry: 10, check: 20 };
const FUNCTIONS_URL = "https://audit.example.com/api/inngest";

/** What an Inngest server knows and accepts. A test changes it. */
interface FakeServer {
  url: string;
  signingKey: string;
  eventKey: string;
  isDown: boolean;
  /** The functions of each registration, oldest first. */
  readonly registrations: string[][];
}

/** Starts a server with Inngest's endpoints for registrations and events, which checks keys like a real one. */
async function startInngest(): Promise<FakeServer> {
  const fake: FakeServer = { url: "", signingKey: KEY, eventKey: EVENT_KEY, isDown: false, registrations: [] };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const respond = (status: number, reply: object) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(reply));
    };
    if (fake.isDown) return respond(503, { error: "starting" });
    if (request.url === "/fn/register") {
      const expected = createHash("sha256").update(fake.signingKey, "hex").digest("hex");
      if (request.headers.authorization !== `Bearer ${expected}`) return respond(401, { error: "Unauthorized" });
      // The registration is validated below: each function names its URL.
      const given = JSON.parse(body) as { url: string; appName: string; functions: { id: string; steps: object }[] };
      if (given.appName !== "trailport" || !JSON.stringify(given.functions[0]?.steps).includes(given.url))
        return respond(400, { error: "invalid" });
      fake.registrations.push(given.functions.map(({ id }) => id));
      return respond(200, { ok: true });
    }
    if (request.url === `/e/${fake.eventKey}`) return respond(200, { ids: ["1"], status: 200 });
    return respond(401, { error: "Event key not found", status: 401 });
  });
  const { url, close } = await listen(server);
  onTestFinished(close);
  return Object.assign(fake, { url });
}

interface Given {
  readonly eventKey?: string;
  readonly signingKey?: string;
  readonly signingKeyFallback?: string;
  readonly baseUrl?: string;
  /** Leaves out functions, like a version from before them. */
  readonly functions?: number;
}

/**
 * Starts the registration like a web process that was just started. Returns its health, what it logged, and how often
 * it has checked sending, which follows each check of the registration.
 */
function start(services: Services, server: FakeServer, given: Given = {}) {
  const { eventKey = EVENT_KEY, signingKey = KEY, signingKeyFallback, baseUrl = server.url, functions } = given;
  const logged: string[] = [];
  let checks = 0;
  const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const process = { ...inAnotherProcess(services), log: { info: note, warn: note, error: note } };
  const inngest = createInngestClient({ eventKey, signingKey, baseUrl });
  const all = createFunctions(inngest, services);
  const { stop } = keepRegistered({
    services: process,
    signingKey,
    signingKeyFallback,
    baseUrl,
    functionsUrl: FUNCTIONS_URL,
    call: serve({ client: inngest, functions: all.slice(0, functions), enableUnauthedSync: false }),
    callUrl: "http://127.0.0.1/api/inngest",
    async checkSending() {
      checks += 1;
      await inngest.send({ name: "trailport.started" }).catch((error: unknown) => {
        throw new Error(sendingProblem(error));
      });
    },
    intervals,
  });
  onTestFinished(stop);
  const health = async (): Promise<unknown> => {
    const api = await serveApi(process);
    const response = await fetch(`${api.url}/api/health/ready`);
    await api.close();
    return response.json();
  };
  return { logged, health, checks: () => checks, stop, process, inngest };
}

const ok = { status: "ok", failing: [] };
const degraded = (reason: string) => ({ status: "degraded", failing: ["inngest"], reasons: { inngest: reason } });

test("functions are registered once, again after they change, and to another server", async ({ world }) => {
  await recordHeartbeat(world.services);
  const server = await startInngest();
  const first = start(world.services, server, { functions: 2 });
  await expect.poll(() => server.registrations.length).toBe(1);
  expect(server.registrations[0]).toContain("trailport-write-export-failure");
  expect(server.registrations[0]).not.toContain("trailport-resume-exports");
  await expect.poll(first.health).toMatchObject(ok);
  expect(first.logged.join()).toContain("registered the functions with Inngest");
  await first.stop();

  const restarted = start(world.services, server, { functions: 2 });
  await expect.poll(restarted.checks).toBeGreaterThan(0);
  await expect.poll(restarted.health).toMatchObject(ok);
  const upgraded = start(world.services, server);
  await expect.poll(() => server.registrations.length).toBe(2);
  expect(server.registrations[1]).toContain("trailport-resume-exports");
  await restarted.stop();
  await upgraded.stop();

  const other = await startInngest();
  start(world.services, other);
  await expect.poll(() => other.registrations.length).toBe(1);
  expect(server.registrations).toHaveLength(2);
});

test("a server that runs no functions for minutes gets the registration again", async ({ world }) => {
  await recordHeartbeat(world.services);
  const server = await startInngest();
  await start(world.services, server).stop();
  await start(world.services, server).stop();
  expect(server.registrations).toHaveLength(1);
  await world.services.db.query("UPDATE runner.heartbeat SET beat_at = now() - interval '10 minutes'", []);
  start(world.services, server);
  await expect.poll(() => server.registrations.length).toBe(2);
  await recordHeartbeat(world.services);
});

test("a registration is retried until the server is available", async ({ world }) => {
  await recordHeartbeat(world.services);
  const server = await startInngest();
  server.isDown = true;
  const { health, logged } = start(world.services, server);
  const reason = `Inngest at ${server.url} did not register the functions (503). Check that INNGEST_BASE_URL is an Inngest server.`;
  await expect.poll(health).toMatchObject({ status: "degraded", failing: ["inngest"] });
  await expect.poll(() => logged.filter((line) => line.includes(reason))).toHaveLength(1);
  server.isDown = false;
  await expect.poll(health).toMatchObject(ok);
  expect(server.registrations).toHaveLength(1);
});

test("another signing key is reported with the reason, and the key before it still works", async ({ world }) => {
  await recordHeartbeat(world.services);
  const server = await startInngest();
  server.signingKey = "cd".repeat(32);
  const { health, logged, stop } = start(world.services, server);
  const reason = `Inngest at ${server.url} rejected INNGEST_SIGNING_KEY (401). Give Trailport and Inngest the same key.`;
  await expect.poll(health).toMatchObject(degraded(reason));
  expect(logged.filter((line) => line.includes(reason))).toHaveLength(1);
  await stop();
  const replacing = start(world.services, server, { signingKeyFallback: server.signingKey });
  await expect.poll(() => server.registrations.length).toBe(1);
  await expect.poll(replacing.health).toMatchObject(ok);
  expect(server.registrations).toHaveLength(1);
});

test("a wrong event key is reported with the reason, without the key", async ({ world }) => {
  await recordHeartbeat(world.services);
  const server = await startInngest();
  const { health, logged } = start(world.services, server, { eventKey: "not-the-key" });
  await expect
    .poll(health)
    .toMatchObject(degraded("Inngest rejected INNGEST_EVENT_KEY. Give Trailport and Inngest the same key."));
  expect(logged.join()).toContain("Inngest does not accept events");
  expect(logged.join()).not.toContain("not-the-key");
  server.eventKey = "not-the-key";
  await expect.poll(health).toMatchObject(ok);
});

test("an Inngest server that can't be reached is reported with its address", async ({ world }) => {
  await recordHeartbeat(world.services);
  const server = await startInngest();
  const gone = await startInngest();
  const { health } = start(world.services, server, { baseUrl: gone.url.replace("127.0.0.1", "127.0.0.9") });
  await expect
    .poll(async () => JSON.stringify(await health()))
    .toMatch(/Inngest at http:..127\.0\.0\.9:\d+ can't be reached \(ECONNREFUSED\)\. Check INNGEST_BASE_URL\./);
});

test("a key that the server stops accepting makes readiness degraded until an event is accepted", async ({ world }) => {
  await recordHeartbeat(world.services);
  const server = await startInngest();
  const { health, process, inngest, stop } = start(world.services, server);
  await expect.poll(() => server.registrations.length).toBe(1);
  await stop();
  const send = reportSending(sendThrough(inngest), process.caches);
  const event = { name: "export.cancelled", id: "1", data: { exportId: "1" } } as const;
  server.eventKey = "another";
  await expect(send([event])).rejects.toThrow("401");
  expect(await health()).toMatchObject({ status: "degraded", failing: ["inngest"] });
  server.eventKey = EVENT_KEY;
  await send([event]);
  expect(await health()).toMatchObject(ok);
});

test("calls signed with another key are logged once a minute, unsigned calls never", async ({ world }) => {
  const logged: string[] = [];
  const note = (_fields: object, message: string) => void logged.push(message);
  const log = { info: note, warn: note, error: note };
  const inngest = createInngestClient({ eventKey: EVENT_KEY, signingKey: KEY, log });
  const functions = createFunctions(inngest, world.services);
  const handler = serve({ client: inngest, functions, enableUnauthedSync: false });
  const call = warnOfRejectedCalls(handler, log);
  const url = "http://127.0.0.1/api/inngest?fnId=trailport-beat&stepId=step";
  expect((await call(new Request(url, { method: "POST", body: "{}", headers: { host: "x" } }))).status).toBe(401);
  expect(logged).toEqual([]);
  const signed = () => signedRequest("cd".repeat(32), { method: "POST", url, body: {} });
  expect([(await call(signed())).status, (await call(signed())).status]).toEqual([401, 401]);
  expect(logged).toEqual(["rejected a call of Inngest, whose signing key differs from INNGEST_SIGNING_KEY"]);
});
