import { connect } from "node:net";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, onTestFinished } from "vitest";
import { exampleEvent } from "@/schemas/events/event-body";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { test as base } from "@/server/testing/rest-fixtures";
import { bodyBudget } from "./body-budget";

interface Fixtures {
  /** Sends bytes with a key of `environment`. */
  post: (
    path: string,
    body: Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
  ) => Promise<{ status: number; headers: Headers; body: Record<string, unknown> }>;
  /** An event of `organization` as JSON. */
  event: string;
  secret: string;
}

const test = base.extend<Fixtures>({
  secret: async ({ environment }, use) => use((await createApiKey(environment, { name: "backend" })).secret),
  post: async ({ api, secret }, use) => {
    await use(async (path, body, headers) => {
      const response = await fetch(api.url + path, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json", ...headers },
        body,
      });
      return {
        status: response.status,
        headers: response.headers,
        // Every response of the API is an object.
        body: (await response.json()) as Record<string, unknown>,
      };
    });
  },
  event: async ({ organization }, use) =>
    use(JSON.stringify({ ...exampleEvent, organization_id: organization.organization.id })),
});

const bytesOf = (text: string) => Buffer.from(text);

test.for([
  ["gzip", gzipSync],
  ["GZip", gzipSync],
  ["x-gzip", gzipSync],
  ["deflate", deflateSync],
  ["deflate", deflateRawSync],
  ["Deflate , identity", deflateSync],
  ["identity", bytesOf],
  ["", bytesOf],
] as const)("an event with Content-Encoding %s is stored (%#)", async ([encoding, compress], { post, event, call }) => {
  const sent = JSON.parse(event) as { organization_id: string; event: object };
  const unique = JSON.stringify({
    ...sent,
    event: { ...sent.event, action: "compressed.event", context: { location: "é" } },
  });
  const response = await post("/audit_logs/events", Buffer.from(compress(unique)), { "content-encoding": encoding });
  expect(response).toMatchObject({ status: 201, body: { success: true } });
  const list = await call("GET", `/audit_logs/events?organization_id=${sent.organization_id}`);
  expect(list.body["data"]).toMatchObject([{ action: "compressed.event", context: { location: "é" } }]);
});

test("a compressed batch can be larger than its limit only before compression", async ({ post, event }) => {
  const batch = (size: number) => {
    const head = `{"events":[${event.slice(0, -1)},"padding":"`;
    return gzipSync(`${head}${"x".repeat(size - head.length - 4)}"}]}`);
  };
  const headers = { "content-encoding": "gzip" };
  expect(await post("/audit_logs/events/batch", batch(10_000_000), headers)).toMatchObject({ status: 200 });
  expect(await post("/audit_logs/events/batch", batch(10_000_001), headers)).toMatchObject({
    status: 413,
    body: { message: "The request body is larger than 10000000 bytes.", code: "request_too_large" },
  });
});

test.for(["gzip", "deflate"] as const)("a %s bomb is decompressed only up to the limit", async (encoding, { post }) => {
  const zeros = Buffer.alloc(50_000_000);
  // Compressed bodies can follow each other in gzip.
  const member = gzipSync(zeros, { level: 1 });
  const bomb = encoding === "gzip" ? Buffer.concat([member, member, member, member]) : deflateSync(zeros, { level: 1 });
  const before = process.memoryUsage().arrayBuffers;
  const response = await post("/audit_logs/events", bomb, { "content-encoding": encoding });
  expect(response).toMatchObject({ status: 413, body: { code: "request_too_large" } });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000);
});

test("a compressed body counts with its decompressed size", async ({ post, world, api, secret, event }) => {
  const budget = world.services.caches.of(bodyBudget);
  for (let n = 0; n < 3; n += 1) {
    const socket = connect(Number(new URL(api.url).port), "127.0.0.1").on("error", () => undefined);
    onTestFinished(() => void socket.destroy());
    socket.write(
      `POST /audit_logs/events/batch HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${secret}\r\ncontent-length: 9900000\r\n\r\n`,
    );
    socket.write("x".repeat(9_800_000));
  }
  await expect.poll(() => budget.bytes).toBeGreaterThan(29_400_000);
  const body = gzipSync(`{"events":[${event}],"padding":"${"x".repeat(4_000_000)}"}`);
  expect(await post("/audit_logs/events/batch", body, { "content-encoding": "gzip" })).toMatchObject({ status: 503 });
  expect(await post("/audit_logs/events", gzipSync(event), { "content-encoding": "gzip" })).toMatchObject({
    status: 201,
  });
});

test.for(["br", "zstd", "compress", "gzip, gzip", "deflate, gzip", "utf-8"])(
  "Content-Encoding %s is rejected with 415 and the supported ones",
  async (encoding, { post, event }) => {
    for (const path of ["/audit_logs/events", "/audit_logs/events/batch", "/organizations"]) {
      const response = await post(path, Buffer.from(event), { "content-encoding": encoding });
      expect(response).toMatchObject({
        status: 415,
        body: { message: expect.stringContaining(`"${encoding}" is not supported`) as string },
      });
      expect(response.headers.get("accept-encoding")).toBe("gzip, deflate");
    }
  },
);

const whole = { gzip: gzipSync(JSON.stringify(exampleEvent)), deflate: deflateSync(JSON.stringify(exampleEvent)) };
const wrong = Object.entries(whole).flatMap(([encoding, bytes]) => [
  ["uncompressed", encoding, Buffer.from(JSON.stringify(exampleEvent))] as const,
  ["truncated", encoding, bytes.subarray(0, -10)] as const,
  ["empty", encoding, Buffer.alloc(0)] as const,
  ["followed by zeros", encoding, Buffer.concat([bytes, Buffer.alloc(5)])] as const,
  ["followed by text", encoding, Buffer.concat([bytes, Buffer.from("{}")])] as const,
]);

test.for(wrong)("a body that is %s but should be %s is rejected", async ([, encoding, bytes], { post }) => {
  expect(await post("/audit_logs/events", Buffer.from(bytes), { "content-encoding": encoding })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining(`not valid ${encoding}`) as string, code: "invalid_content_encoding" },
  });
});

test.for(["application/x-ndjson", "Application/X-NDJSON; Charset=UTF-8", "APPLICATION/JSONL"])(
  "the media type %s makes each line of a batch an event",
  async (type, { post, event }) => {
    const lines = Buffer.from(`${event}\n${event}\n`);
    const response = await post("/audit_logs/events/batch", lines, { "content-type": type });
    expect(response.body["data"]).toMatchObject([{ status: "stored" }, { status: "stored" }]);
  },
);
