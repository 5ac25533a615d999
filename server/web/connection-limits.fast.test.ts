import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "@/server/testing/listen";
import { limitConnections } from "./connection-limits";

const GET = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";

/** Serves with these limits. Requests for `/wait` never get a response. */
async function serve(limits: { process: number; address: number | null; opened?: number }) {
  const respond: RequestListener = (request, response) => void (request.url === "/wait" || response.end("served"));
  const server = createServer(respond);
  limitConnections(server, { publicUrl: "http://localhost:3000", trustedProxies: 0 }, limits);
  const { port, close } = await listen(server);
  onTestFinished(close);
  /** Opens a connection from a loopback address and waits until the server has it, unless it rejects it. */
  const open = async (localAddress = "127.0.0.1", bytes = ""): Promise<Socket> => {
    const accepted = once(server, "connection");
    const received = bytes === "" ? accepted : once(server, "request");
    const socket = connect({ port, host: "127.0.0.1", localAddress })
      .on("error", () => undefined)
      .resume();
    onTestFinished(() => void socket.destroy());
    await accepted;
    if (bytes !== "") socket.write(bytes);
    await received;
    return socket;
  };
  return { open, server, port };
}

/** Sends a request and returns the start of the response. */
async function exchange(socket: Socket): Promise<string> {
  socket.write(GET);
  return String((await once(socket, "data"))[0]).slice(0, 15);
}

test("a flood of idle connections from one address closes its oldest ones and no others", async () => {
  const { open, server } = await serve({ process: 100, address: 10 });
  const other = await open("127.0.0.2");
  const used = await open();
  expect(await exchange(used)).toBe("HTTP/1.1 200 OK");
  const flood: Socket[] = [];
  for (let n = 0; n < 200; n++) flood.push(await open());
  await expect.poll(() => flood.filter((socket) => socket.destroyed).length).toBe(191);
  for (const socket of [used, other, await open(), await open("127.0.0.3")]) {
    expect(await exchange(socket)).toBe("HTTP/1.1 200 OK");
  }
  const count = await new Promise((resolve) => server.getConnections((_error, open) => resolve(open)));
  expect(count).toBeLessThanOrEqual(12);
});

test("an address with all of its connections in use gets 429, and other addresses are served", async () => {
  const { open, port } = await serve({ process: 100, address: 3 });
  const waiting = GET.replace("/", "/wait");
  for (let n = 0; n < 3; n++) await open("127.0.0.1", waiting);
  const rejected = connect({ port, host: "127.0.0.1" });
  expect(await text(rejected)).toMatch(
    /^HTTP\/1\.1 429 [^]*retry-after: 5[^]*\{"message":"Your address has 3 connections in use\. Try again in a few seconds\."\}$/,
  );
  expect(await exchange(await open("127.0.0.2"))).toBe("HTTP/1.1 200 OK");
});

test("a full process closes an idle connection of the address with the most, or else responds with 503", async () => {
  const { open, port, server } = await serve({ process: 4, address: null });
  const idle = await open("127.0.0.3");
  const many = [await open("127.0.0.2"), await open("127.0.0.2"), await open("127.0.0.2")];
  const next = await open();
  await expect.poll(() => many.map((socket) => socket.destroyed)).toEqual([true, false, false]);
  expect(await exchange(next)).toBe("HTTP/1.1 200 OK");
  expect(await exchange(idle)).toBe("HTTP/1.1 200 OK");
  for (let n = 0; n < 4; n++) await open("127.0.0.1", GET.replace("/", "/wait"));
  expect(await text(connect({ port, host: "127.0.0.1" }))).toMatch(/^HTTP\/1\.1 503 [^]*retry-after: 5/);
  expect(server.maxConnections).toBeGreaterThan(4);
});

test("an address that opens connections faster than any sender is reset, and others are served", async () => {
  const { open, port } = await serve({ process: 100, address: 100, opened: 20 });
  // The limit counts this second and the one before, so a slow machine needs more of them.
  let resets = 0;
  const flood = () =>
    new Promise<void>((resolve) => {
      const socket = connect({ port, host: "127.0.0.1" }).resume();
      onTestFinished(() => void socket.destroy());
      socket.on("connect", resolve);
      // A connection can be reset before or after the client notices that it is open.
      socket.on("error", () => {
        resets += 1;
        resolve();
      });
    });
  await expect.poll(async () => (await Promise.all(Array.from({ length: 50 }, flood)), resets)).toBeGreaterThan(0);
  expect(await exchange(await open("127.0.0.2"))).toBe("HTTP/1.1 200 OK");
});

test("connections of a trusted proxy have no limit per address", async () => {
  const { open } = await serve({ process: 100, address: null });
  const sockets: Socket[] = [];
  for (let n = 0; n < 60; n++) sockets.push(await open("127.0.0.1", GET.replace("/", "/wait")));
  expect(await exchange(await open())).toBe("HTTP/1.1 200 OK");
  expect(sockets.some((socket) => socket.destroyed)).toBe(false);
});

test("by default, the limits leave file descriptors free and depend on TRUST_PROXY", async () => {
  const server = createServer();
  limitConnections(server, { publicUrl: "http://localhost:3000", trustedProxies: 0 });
  expect(server.maxConnections).toBeGreaterThan(100);
  expect(server.maxConnections).toBeLessThanOrEqual(8_100);
});
