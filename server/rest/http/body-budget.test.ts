import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, vi } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { exampleEvent } from "@/schemas/events/event-body";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { createEnvironment, createOrganization } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { serveApi } from "@/server/testing/serve-api";
import { inAnotherProcess } from "@/server/testing/services";
import { bodyBudget } from "./body-budget";

const MEGABYTE = 1_000_000;
const BUSY = "Too many request bodies are arriving at once. Try again in a few seconds.";

/** A web process with the budget of its bodies. */
async function startApi(services: Services) {
  const process = inAnotherProcess(services);
  const { url, port, close } = await serveApi(process);
  onTestFinished(close);
  return { url, port, budget: process.caches.of(bodyBudget) };
}

type Api = Awaited<ReturnType<typeof startApi>>;

/** A sender with an environment of its own. */
async function startSender(api: Api, environment: EnvironmentScope) {
  const { organization } = await createOrganization(environment);
  const { secret } = await createApiKey(environment, { name: "backend" });
  const event = { ...exampleEvent, organization_id: organization.id };
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  return {
    async post(path: string, body: unknown, isChunked = false) {
      const text = JSON.stringify(body);
      const response = await fetch(api.url + path, {
        method: "POST",
        headers,
        body: isChunked ? new Blob([text]).stream() : text,
        ...(isChunked && { duplex: "half" }),
      });
      return { status: response.status, retryAfter: response.headers.get("retry-after"), body: await response.json() };
    },
    event,
    batch: (padding: number) => ({ events: [{ ...event, padding: "x".repeat(padding) }] }),
    /** Sends a head and these bytes of a body, and then nothing more. */
    stall(length: string, bytes: number, path = "/audit_logs/events/batch"): Stalled {
      const socket = connect(api.port, "127.0.0.1").on("error", () => undefined);
      onTestFinished(() => void socket.destroy());
      const head = [`POST ${path} HTTP/1.1`, "host: x", `authorization: ${headers.authorization}`, length];
      socket.write(`${head.join("\r\n")}\r\n\r\n`);
      socket.write(length.startsWith("transfer") ? `${bytes.toString(16)}\r\n${"x".repeat(bytes)}` : "x".repeat(bytes));
      return { socket, status: once(socket, "data").then(([chunk]) => Number(String(chunk).split(" ", 2)[1])) };
    },
  };
}

interface Stalled {
  readonly socket: Socket;
  /** The status of the response. */
  readonly status: Promise<number>;
}

test("bodies that announce megabytes but send a byte leave room for all others", async ({ world, environment }) => {
  const api = await startApi(world.services);
  const attacker = await startSender(api, await createEnvironment(world.services));
  const honest = await startSender(api, environment);
  const lengths = [...Array.from({ length: 6 }, () => 9_999_999), 3_900_000, 60_000, 2_000];
  for (const length of lengths) attacker.stall(`content-length: ${length}`, 1);
  for (let n = 0; n < 12; n += 1) attacker.stall("transfer-encoding: chunked", 1);
  await expect.poll(() => api.budget.size).toBe(lengths.length + 12);
  const responses = await Promise.all([
    ...Array.from({ length: 12 }, () => honest.post("/audit_logs/events", honest.event)),
    ...Array.from({ length: 12 }, () => honest.post("/audit_logs/events/batch", honest.batch(2_000), true)),
    honest.post("/audit_logs/events/batch", honest.batch(9_900_000)),
  ]);
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([201, 200]));
});

test("an environment's bodies can take half of the budget, and leave when their clients do", async ({
  world,
  environment,
}) => {
  const api = await startApi(world.services);
  const sender = await startSender(api, environment);
  const held = Array.from({ length: 3 }, () => sender.stall("content-length: 9900000", 9.8 * MEGABYTE));
  await expect.poll(() => api.budget.bytes).toBeGreaterThan(29.4 * MEGABYTE);
  expect(await sender.post("/audit_logs/events/batch", sender.batch(4 * MEGABYTE))).toEqual({
    status: 503,
    retryAfter: "1",
    body: { message: BUSY },
  });
  expect((await sender.post("/audit_logs/events", sender.event)).status).toBe(201);
  for (const { socket } of held) socket.destroy();
  await expect.poll(() => [api.budget.size, api.budget.bytes]).toEqual([0, 0]);
  expect((await sender.post("/audit_logs/events/batch", sender.batch(4 * MEGABYTE))).status).toBe(200);
});

test("when the budget is used up, whoever holds the most makes room for the others", async ({ world, environment }) => {
  const api = await startApi(world.services);
  const honest = await startSender(api, environment);
  const attacks: Stalled[] = [];
  // Twelve environments use up the budget between them.
  for (let n = 0; n < 12; n += 1) {
    const attacker = await startSender(api, await createEnvironment(world.services));
    attacks.push(attacker.stall("content-length: 9900000", 5.3 * MEGABYTE));
  }
  await expect.poll(() => api.budget.bytes).toBeGreaterThan(63.6 * MEGABYTE);
  expect((await honest.post("/audit_logs/events/batch", honest.batch(4 * MEGABYTE))).status).toBe(200);
  expect(await Promise.race(attacks.map(({ status }) => status))).toBe(503);
  expect((await honest.post("/audit_logs/events", honest.event)).status).toBe(201);
});

test("a body in pieces of one byte counts with the memory that the pieces take", async ({ world, environment }) => {
  const api = await startApi(world.services);
  const sender = await startSender(api, environment);
  const { socket } = sender.stall("transfer-encoding: chunked", 1);
  socket.write(`\r\n${"1\r\nx\r\n".repeat(1_000)}`);
  await expect.poll(() => api.budget.bytes).toBeGreaterThan(200_000);
});

test.for(["/audit_logs/events", "/audit_logs/events/batch", "/organizations"])(
  "a body for %s that stalls gets 408 after 15 seconds",
  async (path, { world, environment }) => {
    const api = await startApi(world.services);
    const sender = await startSender(api, environment);
    useFakeTimeouts();
    for (const length of ["content-length: 2000", "transfer-encoding: chunked"]) {
      const { socket, status } = sender.stall(length, 1, path);
      const closed = once(socket, "close");
      await expect.poll(() => api.budget.bytes).toBe(4_401);
      // Polling advances the timers, too, by up to a second.
      vi.advanceTimersByTime(10_000);
      expect(api.budget.size).toBe(1);
      vi.advanceTimersByTime(5_000);
      expect(api.budget.bytes).toBe(0);
      expect(await status).toBe(408);
      await closed;
    }
  },
);

test("a large body can take longer, as long as 250 kB arrive every 15 seconds", async ({ world, environment }) => {
  const api = await startApi(world.services);
  const sender = await startSender(api, environment);
  useFakeTimeouts();
  const { socket, status } = sender.stall("content-length: 9900000", 300_000);
  await expect.poll(() => api.budget.bytes).toBeGreaterThan(300_000);
  vi.advanceTimersByTime(15_000);
  expect(api.budget.size).toBe(1);
  socket.write("x".repeat(200_000));
  await expect.poll(() => api.budget.bytes).toBeGreaterThan(500_000);
  vi.advanceTimersByTime(15_000);
  expect(await status).toBe(408);
});

test("the rest of a body that no one reads must arrive within 15 seconds", async ({ world, environment }) => {
  const api = await startApi(world.services);
  await startSender(api, environment);
  useFakeTimeouts();
  const socket = connect(api.port, "127.0.0.1").on("error", () => undefined);
  const closed = once(socket, "close");
  socket.write("POST /audit_logs/events HTTP/1.1\r\nhost: x\r\ncontent-length: 2000\r\n\r\n{");
  const [response] = await once(socket, "data");
  expect(String(response)).toMatch(/^HTTP\/1\.1 401 /);
  await expect.poll(() => vi.getTimerCount()).toBeGreaterThan(0);
  vi.advanceTimersByTime(15_000);
  await closed;
});

/** Fakes only timeouts: sockets and the database work in real time. */
function useFakeTimeouts(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
}
