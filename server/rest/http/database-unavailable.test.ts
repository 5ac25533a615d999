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

/** A web process whose way to the database can be cut and silenced; it gives up sooner than a real one. */
async function shakyProcess({ services, databaseUrl }: TestServices, environment: EnvironmentScope) {
  const proxy = await startFaultyTcpProxy(databaseUrl);
  const times = { connectTimeout: 500, queryTimeout: 1_000 };
  const db = openDatabase(proxy.url, services.log, { ...FOR_REQUESTS, ...times });
  const writing = openWritingPool(proxy.url, services.log, { ...FOR_WRITING, ...times });
  const events = new BatchingEventWriter(writing, services, { events: 100, bytes: 1_000_000, timeout: 200 });
  const config = { ...services.config, metricsToken: METRICS_TOKEN };
  const shaky = inAnotherProcess({ ...services, db, events, config });
  const { organization } = await createOrganization(environment);
  const { secret } = await createApiKey(environment, { name: "backend" });
  const api = await serveApi(shaky);
  const send = async (method: string, path: string, body: unknown, key = secret) => {
    const answer = await fetch(api.url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
    });
    const answered = (await answer.json()) as { readonly message?: string };
    return { ...answered, status: answer.status, retryAfter: answer.headers.get("retry-after") };
  };
  return {
    proxy,
    services: shaky,
    secret,
    send,
    /** What an operation is asked for, in words that reach the database. */
    ask: (method: string, path: string, example: unknown, key?: string) => {
      const id = path.startsWith("/organizations")
        ? organization.id
        : path.startsWith("/audit_logs/events")
          ? eventId(newEventUuid(services.now()))
          : newId("audit_log_export", services.now());
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === "id" ? id : "a.name"));
      const body = JSON.stringify(example ?? {}).replaceAll(/org_[0-9A-Z]{26}/g, organization.id);
      return send(method, `${filled}?organization_id=${organization.id}`, JSON.parse(body), key);
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
const AWAY = { status: 503, retryAfter: "1", message: expect.stringContaining("again in a moment") };

test("while the database is away every endpoint answers 503 with a time to come back, also when the key is remembered", async ({
  world,
  environment,
}) => {
  const { proxy, ask, send, close } = await shakyProcess(world, environment);
  for (const { method, path, documentation } of operations.filter((each) => each.documentation.access === "key")) {
    await expect.poll(async () => (await send("GET", "/organizations", null)).status).toBe(200);
    proxy.cut();
    expect(await ask(method, path, documentation.example), `${method} ${path}`).toMatchObject(AWAY);
    expect(await ask(method, path, documentation.example, "sk_unknown"), `${method} ${path}`).toMatchObject(AWAY);
    proxy.restore();
  }
  proxy.cut();
  expect(await send("GET", "/metrics", null, METRICS_TOKEN)).toMatchObject(AWAY);
  expect(await send("GET", "/api/health/ready", null)).toMatchObject({ status: 503, failing: ["database"] });
  expect(await send("GET", "/api/health", null)).toMatchObject({ status: 200 });
  await close();
});

test("a database that says nothing any more is given up, and the process goes on with the next", async ({
  world,
  environment,
}) => {
  const { proxy, send, ask, close } = await shakyProcess(world, environment);
  expect((await send("GET", "/organizations", null)).status).toBe(200);
  proxy.silence();
  const answers = await Promise.all([
    send("GET", "/organizations", null),
    send("POST", "/organizations", { name: "Acme" }),
    ask("POST", "/audit_logs/events", exampleEvent),
    ask("GET", "/audit_logs/events", null),
  ]);
  for (const answer of answers) expect(answer).toMatchObject(AWAY);
  proxy.restore();
  await expect.poll(async () => (await send("GET", "/organizations", null)).status, { timeout: 10_000 }).toBe(200);
  await close();
});

test("a key whose use cannot be noted opens what it opens", async ({ world, environment }) => {
  const { secret, id } = await createKeyThatCannotBeNoted(environment);
  const api = await serveApi(world.services);
  const answer = await fetch(`${api.url}/organizations`, { headers: { authorization: `Bearer ${secret}` } });
  expect(answer.status).toBe(200);
  expect(await environment.db.prisma.apiKey.findUnique({ where: { id } })).toMatchObject({ lastUsedAt: null });
  await api.close();
});

async function createKeyThatCannotBeNoted(environment: EnvironmentScope) {
  const { key, secret } = await createApiKey(environment, { name: "backend" });
  await environment.db.query(
    `CREATE FUNCTION no_more_notes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not noted'; END $$`,
    [],
  );
  await environment.db.query(
    "CREATE TRIGGER no_more_notes BEFORE UPDATE OF last_used_at ON api_key FOR EACH ROW EXECUTE FUNCTION no_more_notes()",
    [],
  );
  return { secret, id: key.id };
}

test("internal tools and screens are told that the database is away, in words and with the code for it", async ({
  world,
  environment,
}) => {
  const { proxy, services, secret, close } = await shakyProcess(world, environment);
  const list = async () => {
    const headers = { authorization: `Bearer ${secret}` };
    const request = new Request("http://localhost:3000/api/trpc/organizations.list?input=%7B%22json%22%3A%7B%7D%7D", {
      headers,
    });
    const answer = await staffEndpoint(services, request);
    return { status: answer.status, body: await answer.text() };
  };
  expect((await list()).status).toBe(200);
  proxy.cut();
  for (const answer of [await list(), await list()]) {
    expect(answer).toMatchObject({ status: 503, body: expect.stringContaining("SERVICE_UNAVAILABLE") });
    expect(answer.body).toContain("The database is unavailable.");
  }
  await close();
});
