import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "@/server/testing/listen";
import { FloodBrake } from "./flood-brake";

/** Longer than any request of a test takes, so that held requests can be told apart without measuring time. */
const HELD = 600_000;

/** Serves with a brake. Responds with the status that the path names, and counts what reaches it. */
async function serve(delay = HELD) {
  // The clock stands still, so that everything happens within two seconds on any machine.
  const brake = new FloodBrake(
    () => delay,
    () => 0,
  );
  const served: string[] = [];
  const server = createServer((request, response) => {
    const address = String(request.headers["x-address"] ?? "192.0.2.1");
    brake.pass(request, response, address, () => {
      served.push(`${address} ${request.headers.authorization}`);
      response.statusCode = Number(request.url?.slice(1));
      response.end();
    });
  });
  const { url, close } = await listen(server);
  onTestFinished(close);
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  /** Resolves with the status; never while the request is held. */
  const get = async (status: number, credentials = "a", address = "192.0.2.1", signal = abort.signal) => {
    const headers = { authorization: credentials, "x-address": address };
    return (await fetch(`${url}/${status}`, { headers, signal })).status;
  };
  const rejectMany = async (count: number, credentials?: string) => {
    for (let n = 0; n < count; n += 1) await get(429, credentials);
  };
  return { get, rejectMany, served };
}

test("after many rejections, a caller's requests wait, and those of others don't", async () => {
  const { get, rejectMany, served } = await serve();
  await rejectMany(21);
  const held = get(200);
  expect(await get(200, "b")).toBe(200);
  expect(await get(200, "a", "192.0.2.2")).toBe(200);
  expect(served.filter((caller) => caller === "192.0.2.1 a")).toHaveLength(21);
  held.catch(() => undefined);
});

test("a request that waited is served", async () => {
  const { get, rejectMany } = await serve(1);
  await rejectMany(40);
  expect(await get(200)).toBe(200);
});

test("a request whose client leaves while it waits is never served", async () => {
  const { get, rejectMany, served } = await serve(50);
  await rejectMany(21);
  const leaving = new AbortController();
  const left = get(200, "a", "192.0.2.1", leaving.signal).catch(String);
  leaving.abort();
  expect(await left).toMatch(/abort/i);
  // This one begins to wait later, so it is served later.
  await get(200);
  expect(served).toHaveLength(22);
});

test.for([200, 201, 400, 404, 422, 503])("any number of responses with %i slows down no one", async (status) => {
  const { get } = await serve();
  for (let n = 0; n < 30; n += 1) await get(status);
  expect(await get(status)).toBe(status);
});

test("other credentials for every request don't get around the brake", async () => {
  const { get, rejectMany, served } = await serve();
  for (let n = 0; n < 401; n += 1) await rejectMany(1, `guess ${n}`);
  get(429, "another guess").catch(() => undefined);
  expect(await get(200, "b", "192.0.2.2")).toBe(200);
  expect(served).not.toContain("192.0.2.1 another guess");
});
