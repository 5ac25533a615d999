import { once } from "node:events";
import {
  createServer,
  request as sendRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { Readable } from "node:stream";
import { json, text } from "node:stream/consumers";
import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { listen } from "@/server/testing/listen";
import { BodyBudget } from "@/server/rest/http/body-budget";
import { readPagePaths } from "./page-paths";
import { createWebServer } from "./web-server";

async function listenDuringTest(server: Server): Promise<number> {
  const { port, close } = await listen(server);
  onTestFinished(close);
  return port;
}

/** A web server whose API, pages and worker respond with their name, the URL and the number of bytes received. */
async function serve({ publicUrl = "http://localhost:3000", bodies = new BodyBudget() } = {}) {
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
  const env = { isDevelopment: false, publicUrl, trustedProxies: 1, inngest: { workerPort } };
  const server = createWebServer(env, {
    api: (request, response) => void respondAs("api")(request, response),
    page: (request, response) => void respondAs("page")(request, response),
    paths: readPagePaths(process.cwd()),
    bodies,
  });
  const port = await listenDuringTest(server);
  return { port, url: `http://127.0.0.1:${port}`, received, server };
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
  ["/api/portal/events.list", "page", 1_000_000],
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
  const accept = "text/html,application/xhtml+xml";
  const { headers } = await fetch(url + path, { headers: { accept } });
  expect(headers.get("referrer-policy")).toBe(policy);
  const [cookie = "", ...others] = headers.getSetCookie();
  expect(others).toEqual([]);
  if (!setsCookie) return expect(cookie).toBe("");
  expect(cookie).toMatch(/^trailport-visitor=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  // The browser keeps it.
  const [own = ""] = cookie.split(";");
  expect((await fetch(url + path, { headers: { accept, cookie: own } })).headers.getSetCookie()).toEqual([]);
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
  const port = await listenDuringTest(
    createWebServer(env, { api: tell, page: tell, paths: readPagePaths(process.cwd()), bodies: new BodyBudget() }),
  );
  for (const path of ["/organizations", "/dashboard"]) {
    const sent = { "x-trailport-client-address": "192.0.2.1", "x-forwarded-for": "192.0.2.2" };
    expect(await get(port, path, sent)).toMatchObject({ address: "127.0.0.1" });
  }
});

/** Sends a head and part of a body, and then nothing more. */
function stall(port: number, path: string, bytes: number, address = "192.0.2.1") {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: x\r\nx-forwarded-for: ${address}\r\ncontent-length: ${bytes + 1}\r\n\r\n`,
  );
  socket.write("x".repeat(bytes));
  return socket;
}

test.for(["/api/trpc/events.list", "/api/portal/events.list"])(
  "bodies for %s from one address leave room for those of other addresses",
  async (path) => {
    const bodies = new BodyBudget(2_000_000);
    const { port, url } = await serve({ bodies });
    const post = async (address: string, size: number) => {
      const headers = { "x-forwarded-for": address };
      const response = await fetch(url + path, { method: "POST", headers, body: "x".repeat(size) });
      return { status: response.status, retryAfter: response.headers.get("retry-after"), body: await response.json() };
    };
    const stalled = [1, 2].map(() => stall(port, path, 450_000));
    await expect.poll(() => bodies.bytes).toBeGreaterThan(900_000);
    expect(await post("192.0.2.1", 500_000)).toEqual({
      status: 503,
      retryAfter: "1",
      body: { message: "Too many request bodies are arriving at once. Try again in a few seconds." },
    });
    expect(await post("192.0.2.1", 100)).toMatchObject({ status: 200 });
    expect(await post("192.0.2.2", 900_000)).toMatchObject({ status: 200 });
    for (const socket of stalled) socket.destroy();
    await expect.poll(() => [bodies.size, bodies.bytes]).toEqual([0, 0]);
  },
);

test("a rejected body leaves the connection usable", async () => {
  const { port, received } = await serve({ bodies: new BodyBudget(20_000) });
  const socket = connect(port, "127.0.0.1");
  socket.write("POST /api/trpc/a HTTP/1.1\r\nhost: x\r\ncontent-length: 9000\r\n\r\n");
  const rejected = once(socket, "data");
  socket.write("x".repeat(8_999));
  expect(String((await rejected)[0])).toMatch(/^HTTP\/1\.1 503 /);
  await expect.poll(() => received).toEqual(["page was cut off"]);
  socket.write("xGET /api/trpc/b HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
});

test.for(["/api/trpc/events.list", "/portal/redeem", "/api/auth/callback/credentials", "/api/inngest"])(
  "a body for %s that stalls gets 408 after 15 seconds",
  async (path) => {
    const bodies = new BodyBudget();
    const { port } = await serve({ bodies });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const socket = stall(port, path, 1);
    const closed = once(socket, "close");
    const responded = once(socket, "data");
    await expect.poll(() => bodies.bytes).toBe(4_401);
    vi.advanceTimersByTime(15_000);
    expect(bodies.bytes).toBe(0);
    expect(String(await responded)).toMatch(/^HTTP\/1\.1 408 [^]*"message":"The request body arrived too slowly/);
    await closed;
  },
);

test.for([
  ["GET", "/connections"],
  ["GET", "/connections/conn_1"],
  ["GET", "/sso/authorize?client_id=x"],
  ["POST", "/sso/token"],
  ["GET", "/directories"],
  ["GET", "/directory_users/x"],
  ["POST", "/user_management/users"],
  ["GET", "/events?limit=1"],
  ["POST", "/portal/revoke_link"],
  ["GET", "/portal/a-session/unknown"],
  ["POST", "/"],
  ["PUT", "/sign-in"],
  ["DELETE", "/dashboard"],
  ["POST", "/dashboard/env_1/exports"],
  ["GET", "/api"],
  ["GET", "/api/v1/events"],
  ["GET", "/api/trpc"],
  ["GET", "/api/trpc/a/b"],
  ["GET", "/.well-known/jwks.json"],
  ["GET", "/wp-login.php"],
  ["GET", "/dashboard/env_1/unknown"],
  ["GET", "/%"],
  ["DELETE", "/Organizations/org_1"],
] as const)("%s %s is no page and reaches the API", async ([method, path]) => {
  const { url } = await serve();
  const response = await fetch(url + path, { method });
  expect(await response.json()).toMatchObject({ who: "api", url: path });
});

test.for([
  "/",
  "/sign-in",
  "/sign-in/",
  "/invitation?token=x",
  "/reset-password",
  "/dashboard",
  "/dashboard/environment_01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "/dashboard/environment_01ARZ3NDEKTSV4RRFFQ69G5FAV/organizations/org_01ARZ3NDEKTSV4RRFFQ69G5FAV/exports",
  "/docs/api",
  "/portal",
  "/portal/exports",
  "/portal/launch?token=x",
  "/portal/redeem",
  "/portal/icon.svg",
  "/favicon.ico",
  "/robots.txt",
  "/.well-known/security.txt",
  "/_next/static/chunks/main.js",
  "/api/auth/session",
  "/api/trpc/events.list",
  "/api/portal/events.list",
])("%s reaches the pages", async (path) => {
  const { url } = await serve();
  expect(await (await fetch(url + path)).json()).toMatchObject({ who: "page" });
});

test.for([
  { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" },
  { "sec-fetch-mode": "navigate" },
  { rsc: "1" },
])("a browser that opens an unknown path (%o) gets the page that says so", async (headers) => {
  const { port } = await serve();
  for (const path of ["/nothing-here", "/portal/nothing", "/dashboard/env_1/nothing"]) {
    expect(await get(port, path, headers as Record<string, string>)).toMatchObject({ who: "page" });
  }
  expect(await get(port, "/downloads/x", headers as Record<string, string>)).toMatchObject({ who: "api" });
});

/** Sends these bytes and returns the whole response. */
async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

test.for([
  "/api/health",
  "/api/health/ready",
  "/organizations",
  "/sign-in",
  "/",
  "/portal/launch",
  "/api/auth/session",
])("GET %s over HTTP/1.0 without a Host header is served", async (path) => {
  const { port } = await serve();
  for (const host of ["", "Host:\r\n"]) {
    expect(await exchange(port, `GET ${path} HTTP/1.0\r\n${host}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  }
});

/** The heads of the requests that reach the pages. */
async function serveHeads(publicUrl: string) {
  const heads: IncomingHttpHeaders[] = [];
  const env = { isDevelopment: false, publicUrl, trustedProxies: 0, inngest: { workerPort: undefined } };
  const server = createWebServer(env, {
    api: (_request, response) => void response.end(),
    page: ({ headers }, response) => {
      heads.push(headers);
      response.end();
    },
    paths: readPagePaths(process.cwd()),
    bodies: new BodyBudget(),
  });
  return { port: await listenDuringTest(server), heads };
}

test("pages get a media type in lower case", async () => {
  const { port, heads } = await serveHeads("https://audit.example.com");
  const type = "Application/JSON; Charset=UTF-8";
  await exchange(port, `POST /api/trpc/a HTTP/1.0\r\nHost: x\r\nContent-Type: ${type}\r\n\r\n`);
  expect(heads).toMatchObject([{ "content-type": "application/json; Charset=UTF-8" }]);
});

test("pages get the host of PUBLIC_URL if a request over HTTP/1.0 has none", async () => {
  const { port, heads } = await serveHeads("https://audit.example.com");
  await exchange(port, "GET /sign-in HTTP/1.0\r\n\r\n");
  await exchange(port, "GET /sign-in HTTP/1.0\r\nHost: x\r\n\r\n");
  expect(heads).toMatchObject([{ host: "audit.example.com" }, { host: "x" }]);
});

test("a load balancer's check with OPTIONS over HTTP/1.0 succeeds on a page", async () => {
  const { port } = await serve();
  const response = await exchange(port, "OPTIONS / HTTP/1.0\r\n\r\n");
  expect(response).toMatch(/^HTTP\/1\.1 204 /);
  expect(response.toLowerCase()).toContain("allow: get, head, options");
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

test.for([
  ["/api/trpc/events.list", "gzip", 415],
  ["/portal/redeem", "Deflate", 415],
  ["/api/auth/callback/credentials", "br", 415],
  ["/api/trpc/events.list", "identity", 200],
  ["/api/inngest", "gzip", 200],
] as const)("a body for %s with Content-Encoding %s gets %i", async ([path, encoding, status]) => {
  const { url } = await serve();
  const response = await fetch(url + path, { method: "POST", headers: { "content-encoding": encoding }, body: "x" });
  expect(response.status).toBe(status);
  if (status === 415) {
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toEqual({ message: expect.stringContaining("Content-Encoding") as string });
  }
});

test.for([
  ["nothing", ""],
  ["half a request", "GET /sign-in HTTP/1.1\r\nhost: x\r\n"],
  ["a complete request and half of another", "GET / HTTP/1.1\r\nhost: x\r\n\r\nGET / HTTP/1.1\r\n"],
] as const)("a connection that sends %s is closed after a few seconds", async ([, bytes]) => {
  const { port, server } = await serve();
  expect(server.headersTimeout).toBeLessThanOrEqual(10_000);
  server.headersTimeout = 50;
  const socket = connect(port, "127.0.0.1");
  if (bytes !== "") socket.write(bytes);
  const received = await text(socket);
  // A client that connects ahead of its first request would take anything for the response.
  if (bytes === "") expect(received).toBe("");
  else expect(received).toMatch(/HTTP\/1\.1 408 [^]*"message":"The request did not arrive in time\."/);
});
