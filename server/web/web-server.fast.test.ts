import {
  createServer,
  request as sendRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "@/server/testing/listen";
import { createWebServer } from "./web-server";

async function listenDuringTest(server: Server): Promise<number> {
  const { port, close } = await listen(server);
  onTestFinished(close);
  return port;
}

/** A web server whose API, pages and worker respond with their name, the URL and the number of bytes received. */
async function serve({ publicUrl = "http://localhost:3000" } = {}) {
  const received: string[] = [];
  const respondAs = (who: string) => async (request: IncomingMessage, response: ServerResponse) => {
    try {
      // Read as a web-standard request, like Next does.
      const body: unknown = Readable.toWeb(request);
      const { byteLength } = await new Response(body as ReadableStream).arrayBuffer();
      received.push(who);
      response.end(JSON.stringify({ who, url: request.url, byteLength }));
    } catch {
      received.push(`${who} was cut off`);
    }
  };
  const workerPort = await listenDuringTest(
    createServer((request, response) => void respondAs("worker")(request, response)),
  );
  const env = { isDevelopment: false, publicUrl, trustedProxies: 0, inngest: { workerPort } };
  const server = createWebServer(env, {
    api: (request, response) => void respondAs("api")(request, response),
    page: (request, response) => void respondAs("page")(request, response),
  });
  const port = await listenDuringTest(server);
  return { port, url: `http://127.0.0.1:${port}`, received };
}

/** Sends a request with a target and headers that fetch would not send. */
async function get(port: number, path: string, headers: Record<string, string> = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = sendRequest({ host: "127.0.0.1", port, path, headers }, resolve);
    sent.once("error", reject).end();
  });
  return { status: response.statusCode, ...((await json(response)) as object) };
}

test.for([
  ["/portal/redeem", "page", 16_000],
  ["/api/auth/callback/credentials", "page", 16_000],
  ["/api/trpc/events.list", "page", 1_000_000],
  ["/a/page", "page", 1_000_000],
  ["/api/inngest", "worker", 8_000_000],
] as const)(
  "%s accepts a body up to its limit and rejects a larger one before anyone reads it",
  async ([path, who, limit]) => {
    const { url, received } = await serve();
    const inChunks = (size: number) => Readable.toWeb(Readable.from([Buffer.alloc(100), Buffer.alloc(size - 100)]));
    for (const bodyOf of [Buffer.alloc, inChunks]) {
      const post = async (size: number) => {
        const response = await fetch(url + path, { method: "POST", body: bodyOf(size), duplex: "half" } as RequestInit);
        return { status: response.status, body: (await response.json()) as unknown };
      };
      expect(await post(limit)).toEqual({ status: 200, body: { who, url: path, byteLength: limit } });
      expect(await post(limit + 1)).toEqual({
        status: 413,
        body: { message: `The request body is larger than ${limit} bytes.`, code: "request_too_large" },
      });
    }
    expect(received.filter((each) => each === who)).toHaveLength(2);
  },
);

test("reading a body over the limit fails, and the process buffers no more than the limit", async () => {
  const { url, received } = await serve();
  const chunk = Buffer.alloc(1_000_000);
  const before = process.memoryUsage().arrayBuffers;
  const body = Readable.toWeb(Readable.from(Array.from({ length: 100 }, () => chunk)));
  const response = await fetch(`${url}/api/trpc/events.list`, { method: "POST", body, duplex: "half" } as RequestInit);
  expect(response.status).toBe(413);
  await expect.poll(() => received).toEqual(["page was cut off"]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000);
});

test.for([
  ["http://api.example/audit_logs/exports?limit=1", "api", "/audit_logs/exports?limit=1"],
  ["HTTP://api.example:8080/organizations", "api", "/organizations"],
  ["http://api.example/sign-in", "page", "/sign-in"],
  ["http://api.example?a=b", "page", "/?a=b"],
  ["http://api.example", "page", "/"],
  ["/sign-in?next=http://api.example/organizations", "page", "/sign-in?next=http://api.example/organizations"],
] as const)("the request target %s, as sent to a proxy, reaches the %s", async ([target, who, url]) => {
  const { port } = await serve();
  expect(await get(port, target)).toEqual({ status: 200, who, url, byteLength: 0 });
});

test("an unknown expectation is ignored", async () => {
  const { port } = await serve();
  expect(await get(port, "/organizations", { expect: "a-miracle" })).toMatchObject({ status: 200, who: "api" });
});

test.for([
  ["/portal/launch?token=x", "no-referrer", true],
  ["/portal/launch/?token=x", "no-referrer", true],
  ["/portal/launch?problem=ended", "no-referrer", true],
  ["/invitation?token=x", "no-referrer", false],
  ["/reset-password?token=x", "no-referrer", false],
  ["/nothing-here?token=x", "no-referrer", false],
  ["/sign-in", "strict-origin-when-cross-origin", false],
] as const)("%s is sent with the referrer policy %s", async ([path, policy, setsCookie]) => {
  const { url } = await serve();
  const { headers } = await fetch(url + path);
  expect(headers.get("referrer-policy")).toBe(policy);
  const [cookie = "", ...others] = headers.getSetCookie();
  expect(others).toEqual([]);
  if (!setsCookie) return expect(cookie).toBe("");
  expect(cookie).toMatch(/^trailport-visitor=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  // The browser keeps it.
  const [own = ""] = cookie.split(";");
  expect((await fetch(url + path, { headers: { cookie: own } })).headers.getSetCookie()).toEqual([]);
});

test("a client can't choose the address that the API and the pages see", async () => {
  const env = {
    isDevelopment: false,
    publicUrl: "http://localhost:3000",
    trustedProxies: 0,
    inngest: { workerPort: undefined },
  };
  const tell = (request: IncomingMessage, response: ServerResponse) =>
    void response.end(JSON.stringify({ address: request.headers["x-trailport-client-address"] }));
  const port = await listenDuringTest(createWebServer(env, { api: tell, page: tell }));
  for (const path of ["/organizations", "/dashboard"]) {
    const sent = { "x-trailport-client-address": "192.0.2.1", "x-forwarded-for": "192.0.2.2" };
    expect(await get(port, path, sent)).toMatchObject({ address: "127.0.0.1" });
  }
});

test.for(["/sign-in", "/api/trpc/events.list", "/_next/static/x.js", "/api/inngest"])(
  "%s has nosniff and COOP, and under https HSTS",
  async (path) => {
    for (const [publicUrl, hsts] of [
      ["http://localhost:3000", null],
      ["https://audit.example.com", "max-age=63072000; includeSubDomains"],
    ] as const) {
      const { url } = await serve({ publicUrl });
      const responses = [await fetch(url + path)];
      // A body that is too large.
      if (path.startsWith("/api/"))
        responses.push(await fetch(url + path, { method: "POST", body: Buffer.alloc(9e6) }));
      for (const { headers } of responses) {
        expect(headers.get("x-content-type-options")).toBe("nosniff");
        expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
        expect(headers.get("strict-transport-security")).toBe(hsts);
      }
    }
  },
);
