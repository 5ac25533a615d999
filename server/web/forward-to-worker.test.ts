import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "@/server/embedded/host/free-port";
import { createTestDatabase } from "@/server/testing/database";
import { listening } from "@/server/testing/listen";
import { passToWorker } from "./forward-to-worker";
import { serveFunctions } from "./functions-server";

/** The web process's part: everything goes to the worker on this port. */
async function passage(workerPort: number): Promise<string> {
  const server = createServer((request, response) => passToWorker(workerPort, request, response));
  const { url, close } = await listening(server);
  onTestFinished(close);
  return url;
}

test("a call reaches the worker as it came, and its answer comes back as it is", async () => {
  const port = await freePort();
  const worker = await serveFunctions(async (request) => {
    const { pathname, search, host } = new URL(request.url);
    const heard = { method: request.method, path: pathname + search, host, body: await request.text() };
    return Response.json(heard, { status: 206, headers: { "x-of-the-sdk": "yes" } });
  }, port);
  onTestFinished(() => worker.stop());
  const url = await passage(port);
  const answer = await fetch(`${url}/api/inngest?fnId=f&stepId=s`, { method: "POST", body: '{"a":"ä"}' });
  expect(answer.status).toBe(206);
  expect(answer.headers.get("x-of-the-sdk")).toBe("yes");
  const host = new URL(url).host;
  expect(await answer.json()).toEqual({
    method: "POST",
    path: "/api/inngest?fnId=f&stepId=s",
    host,
    body: '{"a":"ä"}',
  });
});

test("without a worker the answer is 503, and the call can be made again", async () => {
  const answer = await fetch(`${await passage(await freePort())}/api/inngest`);
  expect({ status: answer.status, again: answer.headers.get("retry-after") }).toEqual({ status: 503, again: "1" });
});

test("with an Inngest server configured the worker process serves every function to who signs, and to nobody else", async () => {
  const database = await createTestDatabase();
  const port = await freePort();
  const key = "ab".repeat(32);
  const worker = spawn(process.execPath, ["--import", "tsx", "server/worker.ts"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: database.url,
      TRAILPORT_WORKER_PORT: String(port),
      AUTH_SECRET: "a secret for tests that nobody else ever uses",
      DOWNLOAD_SECRET: "a secret for tests that nobody else ever uses",
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
  const url = `${await passage(port)}/api/inngest?fnId=trailport-write-export&stepId=step`;
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
