import { Agent, createServer, request } from "node:http";
import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { BatchingEventWriter } from "@/server/infra/event-writer/event-writer";
import { exampleEvent } from "@/schemas/events/event-body";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { prepareStop } from "@/server/web/graceful-shutdown";
import { createOrganization } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { holdEvents } from "@/server/testing/hold-events";
import { serveApi } from "@/server/testing/serve-api";
import { listen } from "@/server/testing/listen";
import { inAnotherProcess } from "@/server/testing/services";
import { shutdownState } from "@/server/kernel/shutdown-state";
import { apiListener } from "@/server/rest/api-listener";

/** Everything needed to send an event to a new organization, and to count its stored events. */
async function sender(environment: EnvironmentScope) {
  const { organization } = await createOrganization(environment);
  const { secret } = await createApiKey(environment, { name: "backend" });
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  const count = async () => {
    const rows = await environment.db.query("SELECT 1 FROM log.event e WHERE e.organization_pk = $1", [
      organization.pk,
    ]);
    return rows.length;
  };
  return { headers, body: JSON.stringify({ ...exampleEvent, organization_id: organization.id }), count };
}

test("a full queue rejects events with 503 and Retry-After and stores those that it accepted", async ({
  world,
  environment,
}) => {
  const limits = { events: 10, bytes: 1_000_000, timeout: 10_000 };
  const events = new BatchingEventWriter(world.services.db, world.services, limits);
  const api = await serveApi({ ...world.services, events });
  const { headers, body, count } = await sender(environment);
  const send = () => fetch(`${api.url}/audit_logs/events`, { method: "POST", headers, body });
  const hold = await holdEvents(world.databaseUrl);
  const responses = Array.from({ length: 30 }, send);
  const rejected = await Promise.any(responses);
  expect([rejected.status, rejected.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(await rejected.json()).toEqual({
    message: "Too many events are waiting to be stored. Try again in a few seconds.",
  });
  await hold.release();
  const statuses = (await Promise.all(responses)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([201, 503]));
  expect(await count()).toBe(statuses.filter((status) => status === 201).length);
  await api.close();
});

test("readiness fails some time before a stopping server accepts no more requests", async ({ world, environment }) => {
  const { headers, body } = await sender(environment);
  const services = inAnotherProcess(world.services);
  const server = createServer(apiListener(services));
  const stop = prepareStop(server);
  const { url } = await listen(server);
  let endDrain: () => void = () => undefined;
  services.caches.of(shutdownState).isStopping = true;
  const stopped = stop(new Promise<void>((resolve) => (endDrain = resolve)));

  const readiness = await fetch(`${url}/api/health/ready`);
  const event = await fetch(`${url}/audit_logs/events`, { method: "POST", headers, body });

  expect([readiness.status, await readiness.json()]).toEqual([503, { status: "unavailable", failing: ["stopping"] }]);
  // The client opens its next connection, and the load balancer chooses another process for it.
  expect([event.status, event.headers.get("connection")]).toEqual([201, "close"]);
  endDrain();
  await stopped;
  await expect(fetch(`${url}/api/health`)).rejects.toThrow();
});

test("a stopping server responds to the requests it has accepted and takes no new connection", async ({
  world,
  environment,
}) => {
  const { headers, body, count } = await sender(environment);
  const server = createServer(apiListener(world.services));
  const stop = prepareStop(server);
  const { port } = await listen(server);
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const send = (via: Agent = agent) =>
    new Promise<number>((resolve, reject) => {
      const target = { agent: via, method: "POST", headers, port, path: "/audit_logs/events" };
      const sent = request(target, (response) => {
        response.resume().once("end", () => resolve(response.statusCode ?? 0));
      });
      sent.once("error", reject).end(body);
    });
  expect(await Promise.all(Array.from({ length: 20 }, () => send()))).toEqual(Array.from({ length: 20 }, () => 201));

  const hold = await holdEvents(world.databaseUrl);
  let arrived = 0;
  const allArrived = new Promise<void>((resolve) => server.on("request", () => (arrived += 1) === 20 && resolve()));
  const statuses = Array.from({ length: 20 }, () => send());
  await allArrived;
  const stopped = stop();
  await expect(send(new Agent())).rejects.toThrow();
  await hold.release();
  expect(await Promise.all(statuses)).toEqual(Array.from({ length: 20 }, () => 201));
  await stopped;
  expect(await count()).toBe(40);
  agent.destroy();
});
