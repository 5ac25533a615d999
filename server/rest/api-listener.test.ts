import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { expect, onTestFinished } from "vitest";
import { exampleEvent } from "@/schemas/events/event-body";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import type { Services } from "@/server/kernel/services";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { listen } from "@/server/testing/listen";
import { test } from "@/server/testing/rest-fixtures";
import { inAnotherProcess } from "@/server/testing/services";
import { apiListener } from "./api-listener";

/** An API that records the requests it counts and the errors it logs, with a key. */
async function observedApi(services: Services, environment: EnvironmentScope) {
  const errors: unknown[] = [];
  const counted: object[] = [];
  const log = { ...services.log, error: (...error: unknown[]) => void errors.push(error) };
  const metrics = { ...services.metrics, request: (response: object) => void counted.push(response) };
  const server = createServer(apiListener({ ...services, log, metrics }));
  const api = await listen(server);
  onTestFinished(() => api.close());
  const { secret } = await createApiKey(environment, { name: "test" });
  return { api, server, secret, errors, counted };
}

function headOf(secret: string, length: string): string {
  return `POST /audit_logs/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\n${length}\r\n\r\n`;
}

test("a client that leaves before its body has arrived gets no response and causes no error", async ({
  environment,
  organization,
  world,
}) => {
  const { api, secret, errors, counted } = await observedApi(world.services, environment);
  const socket = connect(api.port, "127.0.0.1");
  await new Promise<void>((resolve) => socket.write(`${headOf(secret, "Content-Length: 1000")}{`, () => resolve()));
  socket.destroy();
  const response = await fetch(`${api.url}/audit_logs/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}` },
    body: JSON.stringify({ ...exampleEvent, organization_id: organization.organization.id }),
  });
  expect(response.status).toBe(201);
  expect(counted).toEqual([{ route: "/audit_logs/events", method: "POST", status: 201 }]);
  expect(errors).toEqual([]);
});

test("a client that leaves while its request waits frees its share of the body budget", async ({
  environment,
  world,
}) => {
  const services = inAnotherProcess(world.services);
  const { query } = services.db;
  let proceed = () => {};
  let arrived = () => {};
  const gate = new Promise<void>((resolve) => (proceed = resolve));
  const arrival = new Promise<void>((resolve) => (arrived = resolve));
  const db: Services["db"] = {
    ...services.db,
    // The rate limit's statement: the last step before the body is read.
    async query(sql, ...rest) {
      arrived();
      await gate;
      return query(sql, ...rest);
    },
  };
  const { api, server, secret, errors, counted } = await observedApi({ ...services, db }, environment);
  const connected = once(server, "connection");
  const socket = connect(api.port, "127.0.0.1");
  socket.write(`${headOf(secret, "Content-Length: 2")}{}`);
  const [serverSocket] = await connected;
  await arrival;
  socket.destroy();
  await once(serverSocket, "close");
  proceed();
  const budget = () => services.caches.stats().find(({ name }) => name === "body_budget");
  await expect.poll(budget).toMatchObject({ entries: 0 });
  expect({ errors, counted }).toEqual({ errors: [], counted: [] });
});

test("a body without an announced length cannot keep the connection open after the response", async ({
  environment,
  world,
}) => {
  const { api } = await observedApi(world.services, environment);
  const socket = connect(api.port, "127.0.0.1").on("error", () => undefined);
  const closed = once(socket, "close");
  socket.write(`${headOf("sk_unknown", "Transfer-Encoding: chunked")}4\r\n{"a"\r\n`);
  const [response] = await once(socket, "data");
  expect(String(response)).toMatch(/^HTTP\/1\.1 401 /);
  await closed;
});

test("an announced body that is not needed leaves the connection usable", async ({ environment, world }) => {
  const { api } = await observedApi(world.services, environment);
  const socket = connect(api.port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  const body = "x".repeat(100_000);
  for (let n = 0; n < 2; n += 1) {
    socket.write(`${headOf("sk_unknown", `Content-Length: ${body.length}`)}${body}`);
    const [response] = await once(socket, "data");
    expect(String(response)).toMatch(/^HTTP\/1\.1 401 /);
  }
});
