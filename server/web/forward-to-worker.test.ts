import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "@/server/embedded/host/free-port";
import { createTestDatabase } from "@/server/testing/database";
import { listen } from "@/server/testing/listen";
import { forwardToWorker } from "./forward-to-worker";
import { serveFunctions } from "./functions-server";

/** A server that forwards everything to the worker on this port. */
async function startForwarder(workerPort: number): Promise<string> {
  const server = createServer((request, response) => forwardToWorker(workerPort, request, response));
  const { url, close } = await listen(server);
  onTestFinished(close);
  return url;
}

test("the worker gets a call unchanged, and the caller gets its response unchanged", async () => {
  const port = await freePort();
  const worker = await serveFunctions(async (request) => {
    const { pathname, search, host } = new URL(request.url);
    const received = { method: request.method, path: pathname + search, host, body: await request.text() };
    return Response.json(received, { status: 206, headers: { "x-of-the-sdk": "yes" } });
  }, port);
  onTestFinished(() => worker.stop());
  const url = await startForwarder(port);
  const response = await fetch(`${url}/api/inngest?fnId=f&stepId=s`, { method: "POST", body: '{"a":"ä"}' });
  expect(response.status).toBe(206);
  expect(response.headers.get("x-of-the-sdk")).toBe("yes");
  const host = new URL(url).host;
  expect(await response.json()).toEqual({
    method: "POST",
    path: "/api/inngest?fnId=f&stepId=s",
    host,
    body: '{"a":"ä"}',
  });
});

test("without a worker, the response is 503 with retry-after", async () => {
  const response = await fetch(`${await startForwarder(await freePort())}/api/inngest`);
  expect({ status: response.status, again: response.headers.get("retry-after") }).toEqual({ status: 503, again: "1" });
});

test("with an Inngest server, the worker process serves functions to signed calls only", async () => {
  const database = await createTestDatabase();
  const port = await freePort();
  const key = "ab".repeat(32);
  const worker = spawn(process.execPath, ["--import", "tsx", "server/worker.ts"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: database.url,
      TRAILPORT_WORKER_PORT: String(port),
      AUTH_SECRET: "a secret that only tests use, 32 chars",
      DOWNLOAD_SECRET: "a secret that only tests use, 32 chars",
      INNGEST_EVENT_KEY: "event-key-for-tests",
      INNGEST_SIGNING_KEY: `signkey-prod-${key}`,
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  onTestFinished(async () => {
    worker.kill("SIGTERM");
    await once(worker, "exit");
    await database.drop();
  });
  await once(worker, "message");
  const url = `${await startForwarder(port)}/api/inngest?fnId=trailport-write-export&stepId=step`;
  const unsigned = await fetch(url, { method: "POST", body: "{}" });
  expect(unsigned.status).toBe(401);
  const now = Math.round(Date.now() / 1000);
  const signature = createHmac("sha256", key).update(`${now}`).digest("hex");
  const signed = await fetch(url, { headers: { "x-inngest-signature": `t=${now}&s=${signature}` } });
  expect({ status: signed.status, answer: await signed.json() }).toMatchObject({
    status: 200,
    answer: { authentication_succeeded: true },
  });
});
