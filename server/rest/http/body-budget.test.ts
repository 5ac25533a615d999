import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect } from "vitest";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { exampleEvent } from "@/schemas/events/event-body";
import { createOrganization } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { serveApi } from "@/server/testing/serve-api";

const BATCH_LIMIT = 10_000_000;

/** Sends a request whose body never arrives, so that it keeps its share of the budget. */
async function slowBatch(
  url: string,
  secret: string,
  length: string,
): Promise<{ socket: Socket; status: Promise<number> }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  const head = [
    "POST /audit_logs/events/batch HTTP/1.1",
    `host: ${hostname}`,
    `authorization: Bearer ${secret}`,
    "content-type: application/json",
    length,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  const status = once(socket, "data").then(([chunk]) => Number(String(chunk).split(" ", 2)[1]));
  return { socket, status };
}

test.for(["content-length: 9000000", "transfer-encoding: chunked"])(
  "bodies of event requests share 64 MB (%s): further ones get 503 until there is room again",
  async (length, { world, environment }) => {
    const api = await serveApi(world.services);
    const { organization } = await createOrganization(environment);
    const { secret } = await createApiKey(environment, { name: "backend" });
    const post = (path: string, body: unknown) =>
      fetch(api.url + path, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const event = { ...exampleEvent, organization_id: organization.id };
    expect((await post("/audit_logs/events", event)).status).toBe(201);

    const requests = await Promise.all(Array.from({ length: 20 }, () => slowBatch(api.url, secret, length)));
    const statuses: number[] = [];
    for (const { status } of requests) void status.then((each) => statuses.push(each)).catch(() => undefined);
    const held = Math.floor(64_000_000 / (length.includes("9000000") ? 9_004_000 : BATCH_LIMIT + 4_000));
    await expect.poll(() => statuses.length).toBe(20 - held);
    expect(new Set(statuses)).toEqual(new Set([503]));

    const rejected = await post("/audit_logs/events/batch", { events: [event], padding: "x".repeat(4_500_000) });
    expect([rejected.status, rejected.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(await rejected.json()).toEqual({
      message: "Too many events are arriving at once. Try again in a few seconds.",
    });
    // The rest of the budget is enough for a small body.
    expect((await post("/audit_logs/events", event)).status).toBe(201);

    for (const { socket } of requests) socket.destroy();
    await expect
      .poll(
        async () =>
          (await post("/audit_logs/events/batch", { events: [event], padding: "x".repeat(4_500_000) })).status,
      )
      .toBe(200);
    await api.close();
  },
);
