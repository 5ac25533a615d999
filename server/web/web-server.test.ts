import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { createWebServer } from "./web-server";

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

/** A web server whose API, pages and worker each answer who they are, the address and how many bytes they were sent. */
async function serve() {
  const heard: string[] = [];
  const answerAs = (who: string) => async (request: IncomingMessage, response: ServerResponse) => {
    try {
      // As a web-standard request, which is what Next makes of it.
      const body: unknown = Readable.toWeb(request);
      const { byteLength } = await new Response(body as ReadableStream).arrayBuffer();
      heard.push(who);
      response.end(JSON.stringify({ who, url: request.url, byteLength }));
    } catch {
      heard.push(`${who} was cut off`);
    }
  };
  const workerPort = await listen(createServer((request, response) => void answerAs("worker")(request, response)));
  const env = { isDevelopment: false, publicUrl: "http://localhost:3000", trustedProxies: 0, inngest: { workerPort } };
  const server = createWebServer(env, {
    api: (request, response) => void answerAs("api")(request, response),
    page: (request, response) => void answerAs("page")(request, response),
  });
  const port = await listen(server);
  return { port, url: `http://127.0.0.1:${port}`, heard };
}

/** The answer to a request as it is written, with an address and headers that fetch would not send. */
async function get(port: number, path: string, headers: Record<string, string> = {}) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = ask({ host: "127.0.0.1", port, path, headers }, resolve);
    sent.once("error", reject).end();
  });
  return { status: answer.statusCode, ...((await json(answer)) as object) };
}

test.for([
  ["/portal/redeem", "page", 16_000],
  ["/api/auth/callback/credentials", "page", 16_000],
  ["/api/trpc/events.list", "page", 1_000_000],
  ["/a/page", "page", 1_000_000],
  ["/api/inngest", "worker", 8_000_000],
] as const)(
  "%s takes a body up to its limit, and refuses a larger one before anybody has it",
  async ([path, who, limit]) => {
    const { url, heard } = await serve();
    const inChunks = (size: number) => Readable.toWeb(Readable.from([Buffer.alloc(100), Buffer.alloc(size - 100)]));
    for (const bodyOf of [Buffer.alloc, inChunks]) {
      const post = async (size: number) => {
        const answer = await fetch(url + path, { method: "POST", body: bodyOf(size), duplex: "half" } as RequestInit);
        return { status: answer.status, body: (await answer.json()) as unknown };
      };
      expect(await post(limit)).toEqual({ status: 200, body: { who, url: path, byteLength: limit } });
      expect(await post(limit + 1)).toEqual({
        status: 413,
        body: { message: `The request body is larger than ${limit} bytes.`, code: "request_too_large" },
      });
    }
    expect(heard.filter((each) => each === who)).toHaveLength(2);
  },
);

test("who reads a body that turns out too large is cut off, and the process holds no more of it than the limit", async () => {
  const { url, heard } = await serve();
  const chunk = Buffer.alloc(1_000_000);
  const before = process.memoryUsage().arrayBuffers;
  const body = Readable.toWeb(Readable.from(Array.from({ length: 100 }, () => chunk)));
  const answer = await fetch(`${url}/api/trpc/events.list`, { method: "POST", body, duplex: "half" } as RequestInit);
  expect(answer.status).toBe(413);
  await expect.poll(() => heard).toEqual(["page was cut off"]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000);
});

test.for([
  ["http://api.example/audit_logs/exports?limit=1", "api", "/audit_logs/exports?limit=1"],
  ["HTTP://api.example:8080/organizations", "api", "/organizations"],
  ["http://api.example/sign-in", "page", "/sign-in"],
  ["http://api.example?a=b", "page", "/?a=b"],
  ["http://api.example", "page", "/"],
  ["/sign-in?next=http://api.example/organizations", "page", "/sign-in?next=http://api.example/organizations"],
] as const)("%s, as it is written to a proxy, is answered by the %s", async ([target, who, url]) => {
  const { port } = await serve();
  expect(await get(port, target)).toEqual({ status: 200, who, url, byteLength: 0 });
});

test("an expectation that nobody knows is passed over", async () => {
  const { port } = await serve();
  expect(await get(port, "/organizations", { expect: "a-miracle" })).toMatchObject({ status: 200, who: "api" });
});
