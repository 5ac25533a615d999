import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { Readable, pipeline } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "@/server/testing/listen";
import { closeStalledReaders } from "./stalled-readers";

const CHUNK = Buffer.alloc(1_000_000);

/** Serves an endless download at `/download`, a list of 50 MB at `/list`, and no response at all at `/wait`. */
async function serve(path: string) {
  const downloads = new Set<Readable>();
  const server = createServer(({ url }, response) => {
    if (url === "/list") response.end(Buffer.alloc(50_000_000));
    if (url !== "/download") return;
    const body = new Readable({ read: () => void body.push(CHUNK) });
    downloads.add(body.once("close", () => downloads.delete(body)));
    pipeline(body, response, () => undefined);
  });
  const check = closeStalledReaders(server);
  const { port, close } = await listen(server);
  onTestFinished(close);
  const received = once(server, "request");
  const client = connect(port, "127.0.0.1").on("error", () => undefined);
  onTestFinished(() => void client.destroy());
  client.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
  const [{ socket }] = (await received) as [IncomingMessage];
  return { client, socket, check, downloads };
}

test.for(["/download", "/list"])("a client that stops reading %s is cut off", async (path) => {
  const { socket, check, downloads } = await serve(path);
  expect(socket.destroyed).toBe(false);
  // Until the buffers of the operating system are full, the response makes progress.
  await expect.poll(() => (check(), socket.destroyed), { timeout: 30_000 }).toBe(true);
  await expect.poll(() => downloads.size).toBe(0);
});

test("a client that keeps reading a download is not cut off", async () => {
  const { client, socket, check } = await serve("/download");
  let bytes = 0;
  client.on("data", (data: Buffer) => void (bytes += data.length));
  for (let megabytes = 10; megabytes <= 200; megabytes += 10) {
    await expect.poll(() => bytes, { interval: 1 }).toBeGreaterThan(megabytes * 1_000_000);
    check();
  }
  expect(socket.destroyed).toBe(false);
});

test("a client that waits for its response is not cut off", async () => {
  const { socket, check } = await serve("/wait");
  for (let n = 0; n < 20; n++) check();
  expect(socket.destroyed).toBe(false);
});
