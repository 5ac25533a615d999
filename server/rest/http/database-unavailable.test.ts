import { expect } from "vitest";
import { exampleEvent } from "@/schemas/events/event-body";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { FOR_REQUESTS, openDatabase } from "@/server/infra/postgres/database";
import { BatchingEventWriter } from "@/server/infra/event-writer/event-writer";
import { FOR_WRITING, openWritingPool } from "@/server/infra/event-writer/writing-pool";
import { eventId, newEventUuid, newId } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { createOrganization } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { serveApi } from "@/server/testing/serve-api";
import { inAnotherProcess, type TestServices } from "@/server/testing/services";
import { startFaultyTcpProxy } from "@/server/testing/faulty-tcp-proxy";
import { staffEndpoint } from "@/server/trpc/endpoint";
import { documentedRoutes } from "@/server/rest/routes";

const METRICS_TOKEN = "a-token-for-tests-only";

/** A web process whose database connections can be cut or silenced, with shorter timeouts than a real process. */
async function startProcess({ services, databaseUrl }: TestServices, environment: EnvironmentScope) {
  const proxy = await startFaultyTcpProxy(databaseUrl);
  const times = { connectTimeout: 500, queryTimeout: 1_000 };
  const db = openDatabase(proxy.url, services.log, { ...FOR_REQUESTS, ...times });
  const writing = openWritingPool(proxy.url, services.log, { ...FOR_WRITING, ...times });
  const events = new BatchingEventWriter(writing, services, { events: 100, bytes: 1_000_000, timeout: 200 });
  const config = { ...services.config, metricsToken: METRICS_TOKEN };
  const faulty = inAnotherProcess({ ...services, db, events, config });
  const { organization } = await createOrganization(environment);
  const { secret } = await createApiKey(environment, { name: "backend" });
  const api = await serveApi(faulty);
  const send = async (method: string, path: string, body: unknown, key = secret) => {
    const response = await fetch(api.url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
    });
    const json = (await response.json()) as { readonly message?: string };
    return { ...json, status: response.status, retryAfter: response.headers.get("retry-after") };
  };
  return {
    proxy,
    services: faulty,
    secret,
    send,
    /** Sends an operation's example with IDs that make it query the database. */
    sendExample: (method: string, path: string, example: unknown, key?: string) => {
      const id = path.startsWith("/organizations")
        ? organization.id
        : path.startsWith("/audit_logs/events")
          ? eventId(newEventUuid(services.now()))
          : newId("audit_log_export", services.now());
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === "id" ? id : "a.name"));
      const body = JSON.stringify(example ?? {}).replaceAll(/org_[0-9A-Z]{26}/g, organization.id);
      // Other lists reject it as unknown.
      const query = path === "/audit_logs/events" ? `?organization_id=${organization.id}` : "";
      return send(method, filled + query, JSON.parse(body), key);
    },
    async close() {
      await api.close();
      proxy.restore();
      await Promise.all([db.close(), writing.close(), proxy.close()]);
    },
  };
}

const operations = documentedRoutes.flatMap(({ path, operations }) =>
  Object.entries(operations).map(([method, { documentation }]) => ({ method, path, documentation })),
);
const UNAVAILABLE = { status: 503, retryAfter: "1", message: expect.stringContaining("Try again in a few seconds") };

test("without a database, every endpoint returns 503, even if the key is cached", async ({ world, environment }) => {
  const { proxy, sendExample, send, close } = await startProcess(world, environment);
  for (const { method, path, documentation } of operations.filter((each) => each.documentation.access === "key")) {
    await expect.poll(async () => (await send("GET", "/organizations", null)).status).toBe(200);
    proxy.cut();
    expect(await sendExample(method, path, documentation.example), `${method} ${path}`).toMatchObject(UNAVAILABLE);
    expect(await sendExample(method, path, documentation.example, "sk_unknown"), `${method} ${path}`).toMatchObject(
      UNAVAILABLE,
    );
    proxy.restore();
  }
  proxy.cut();
  expect(await send("GET", "/metrics", null, METRICS_TOKEN)).toMatchObject(UNAVAILABLE);
  expect(await send("GET", "/api/health/ready", null)).toMatchObject({ status: 503, failing: ["database"] });
  expect(await send("GET", "/api/health", null)).toMatchObject({ status: 200 });
  await close();
});

test("queries to an unresponsive database time out, and the next connection works", async ({ world, environment }) => {
  const { proxy, send, sendExample, close } = await startProcess(world, environment);
  expect((await send("GET", "/organizations", null)).status).toBe(200);
  proxy.silence();
  const responses = await Promise.all([
    send("GET", "/organizations", null),
    send("POST", "/organizations", { name: "Acme" }),
    sendExample("POST", "/audit_logs/events", exampleEvent),
    sendExample("GET", "/audit_logs/events", null),
  ]);
  for (const response of responses) expect(response).toMatchObject(UNAVAILABLE);
  proxy.restore();
  await expect.poll(async () => (await send("GET", "/organizations", null)).status, { timeout: 10_000 }).toBe(200);
  await close();
});

test("a key works even if its last use cannot be stored", async ({ world, environment }) => {
  const { secret, id } = await createKeyWithoutUses(environment);
  const api = await serveApi(world.services);
  const response = await fetch(`${api.url}/organizations`, { headers: { authorization: `Bearer ${secret}` } });
  expect(response.status).toBe(200);
  expect(await environment.db.prisma.apiKey.findUnique({ where: { id } })).toMatchObject({ lastUsedAt: null });
  await api.close();
});

/** Creates a key whose last use the database does not store. */
async function createKeyWithoutUses(environment: EnvironmentScope) {
  const { key, secret } = await createApiKey(environment, { name: "backend" });
  await environment.db.query(
    `CREATE FUNCTION reject_use() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'rejected'; END $$`,
    [],
  );
  await environment.db.query(
    "CREATE TRIGGER reject_use BEFORE UPDATE OF last_used_at ON api_key FOR EACH ROW EXECUTE FUNCTION reject_use()",
    [],
  );
  return { secret, id: key.id };
}

test("without a database, tRPC fails with SERVICE_UNAVAILABLE and a message for people", async ({
  world,
  environment,
}) => {
  const { proxy, services, secret, close } = await startProcess(world, environment);
  const list = async () => {
    const headers = { authorization: `Bearer ${secret}` };
    const request = new Request("http://localhost:3000/api/trpc/organizations.list?input=%7B%22json%22%3A%7B%7D%7D", {
      headers,
    });
    const response = await staffEndpoint(services, request);
    return { status: response.status, body: await response.text() };
  };
  expect((await list()).status).toBe(200);
  proxy.cut();
  for (const response of [await list(), await list()]) {
    expect(response).toMatchObject({ status: 503, body: expect.stringContaining("SERVICE_UNAVAILABLE") });
    expect(response.body).toContain("The database is unavailable.");
  }
  await close();
});
