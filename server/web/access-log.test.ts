import { createServer } from "node:http";
import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, onTestFinished } from "vitest";
import { createInngestClient, sendThrough } from "@/server/inngest/client";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { currentRequestId } from "@/server/kernel/request-context";
import { apiListener } from "@/server/rest/api-listener";
import { listen } from "@/server/testing/listen";
import { serveApi } from "@/server/testing/serve-api";
import { test } from "@/server/testing/fixtures";
import { YEAR } from "@/server/testing/run-export";
import { logRequests } from "./access-log";

/** A logger like the processes', and the lines that it wrote, parsed. */
function openLog() {
  const lines: Record<string, unknown>[] = [];
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().trim().split("\n")) lines.push(JSON.parse(line) as Record<string, unknown>);
      done();
    },
  });
  const mixin = () => ({ requestId: currentRequestId() });
  return { log: pino({ mixin }, output), lines };
}

test("the access log has one JSON line per request, with the response's ID and without the query", async ({
  world,
}) => {
  const { log, lines } = openLog();
  const server = createServer(apiListener(world.services));
  logRequests(server, log);
  const { url, close } = await listen(server);
  onTestFinished(close);
  const response = await fetch(`${url}/api/health?token=hush`);
  await response.text();
  await (await fetch(`${url}/audit_logs/exports/unknown`)).text();
  await expect.poll(() => lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({
    msg: "request",
    requestId: response.headers.get("x-request-id"),
    method: "GET",
    path: "/api/health",
    status: 200,
    isComplete: true,
    address: "127.0.0.1",
  });
  expect(lines[0]?.["milliseconds"]).toEqual(expect.any(Number));
  expect(lines[1]).toMatchObject({ path: "/audit_logs/exports/unknown", status: 401 });
});

test("what a request logs, and the function that it starts, have the ID of its response", async ({
  world,
  environment,
  organization,
}) => {
  const { log, lines } = openLog();
  const sent: { data: { requestId?: string } }[] = [];
  const inngest = createInngestClient({
    eventKey: "event-key-for-tests",
    baseUrl: "http://127.0.0.1:9",
    log,
    // Fails like a server that is not there, after it has noted what it was sent.
    fetch: async (_url, init) => {
      sent.push(...((await new Response(init?.body).json()) as typeof sent));
      throw new Error("unreachable");
    },
  });
  const { secret } = await createApiKey(environment, { name: "log" });
  const api = await serveApi({ ...world.services, log, send: sendThrough(inngest) });
  onTestFinished(api.close);
  const response = await fetch(`${api.url}/audit_logs/exports`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({
      organization_id: organization.organization.id,
      range_start: YEAR.from.toISOString(),
      range_end: YEAR.to.toISOString(),
    }),
  });
  expect(response.status).toBe(201);
  const requestId = response.headers.get("x-request-id");
  expect(sent[0]?.data.requestId).toBe(requestId);
  expect(lines).toContainEqual(
    expect.objectContaining({ msg: "export event not sent, the sweep will send it", requestId }) as object,
  );
});
