import { createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { CreateMultipartUploadCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { startFaultyHttpProxy } from "@/server/testing/faulty-http-proxy";
import { listen } from "@/server/testing/listen";
import { createTestBucket, S3_MISSING, s3Server, TEST_CREDENTIALS } from "@/server/testing/s3";
import { openBlobStore } from "./open-blob-store";
import { s3BlobStore } from "./s3";
import { planPieces } from "./s3-join";
import { parseS3Address } from "./s3-settings";

const KEY = "exports/one.csv";
const MEBIBYTE = 1 << 20;

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe("BLOB_STORE_URL", () => {
  test("names the bucket, and optionally the prefix, encryption and downloads", () => {
    expect(parseS3Address("s3://files")).toEqual({
      bucket: "files",
      prefix: "",
      pathStyle: false,
      encryption: {},
      downloads: "direct",
    });
    const full =
      "s3://files.example/audit/logs/?path_style=true&encryption=aws:kms&kms_key=alias/logs&downloads=stream";
    expect(parseS3Address(full)).toEqual({
      bucket: "files.example",
      prefix: "audit/logs/",
      pathStyle: true,
      encryption: { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "alias/logs" },
      downloads: "stream",
    });
  });

  test.each([
    ["s3://", "must name a bucket"],
    ["s3://A_B", "must name a bucket"],
    ["s3://key:secret@bucket", "AWS_ACCESS_KEY_ID"],
    ["s3://bucket:9000", "AWS_ENDPOINT_URL_S3"],
    ["s3://bucket/a//b", "The prefix"],
    ["s3://bucket/a%20b", "The prefix"],
    ["s3://bucket?sse=AES256", "supports the parameters path_style, encryption"],
    ["s3://bucket?encryption=rot13", "encryption"],
    ["s3://bucket?kms_key=k", "kms_key requires encryption=aws:kms"],
    ["ftp://host/x", "only file:// and s3://"],
  ])("%s is rejected with what is wrong", (url, message) => {
    expect(() => openBlobStore(url)).toThrow(message);
  });
});

/** Sets variables that AWS' own tools read. */
function stubAws(variables: Record<string, string>): void {
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

test.each(["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"])(
  "endpoint (%s), region and credentials come from AWS' variables, the path style from the URL",
  async (endpoint) => {
    const requests: Pick<IncomingMessage, "method" | "url" | "headers">[] = [];
    const server = createServer((request, response) => {
      requests.push({ method: request.method, url: request.url, headers: request.headers });
      request.resume().once("end", () => response.end());
    });
    const { port, url, close } = await listen(server);
    onTestFinished(close);
    stubAws({
      [endpoint]: url,
      AWS_REGION: "eu-central-7",
      AWS_ACCESS_KEY_ID: "AKIAOFTHETEST",
      AWS_SECRET_ACCESS_KEY: "a secret for tests",
      AWS_SESSION_TOKEN: "a session of the test",
    });
    await openBlobStore("s3://files/audit?path_style=true").check();
    expect(requests.map(({ method }) => method)).toEqual(["PUT", "DELETE"]);
    for (const { url: path, headers } of requests) {
      expect(path).toMatch(/^\/files\/audit\/check-/);
      expect(headers.host).toBe(`127.0.0.1:${port}`);
      expect(headers.authorization).toMatch(/Credential=AKIAOFTHETEST\/\d{8}\/eu-central-7\/s3\/aws4_request/);
      expect(headers["x-amz-security-token"]).toBe("a session of the test");
    }
  },
);

test.runIf(s3Server)(`a store that only the environment configures stores and returns files${S3_MISSING}`, async () => {
  const { bucket } = await createTestBucket();
  stubAws({
    AWS_ENDPOINT_URL_S3: s3Server?.endpoint ?? "",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
  });
  const store = openBlobStore(`s3://${bucket}/audit?path_style=true`);
  await store.check();
  const upload = await store.begin(KEY);
  await store.complete(KEY, upload, [await store.putPart(KEY, upload, 1, once("a,b\r\n"))]);
  expect((await buffer((await store.read(KEY)).body)).toString()).toBe("a,b\r\n");
  const address = (await store.address(KEY, { fileName: "x.csv", contentType: "text/csv" }, 60)) ?? "";
  expect(address.startsWith(`${s3Server?.endpoint}/${bucket}/audit/files/${KEY}?`)).toBe(true);
});

test("joined parts give pieces of at least 5 MiB except the last, in order without gaps", () => {
  for (let seed = 1; seed < 400; seed += 1) {
    const sources = Array.from({ length: seed % 9 }, (_, n) => ({
      key: String(n),
      bytes: Math.floor((((seed * 7919 + n * 104_729) % 1000) / 1000) ** 3 * 14 * MEBIBYTE),
    }));
    const pieces = planPieces(sources).map((piece) => ("copied" in piece ? [piece.copied] : piece.gathered));
    const sizes = pieces.map((ranges) => ranges.reduce((sum, { from, to }) => sum + to - from, 0));
    for (const size of sizes.slice(0, -1)) expect(size).toBeGreaterThanOrEqual(5 * MEBIBYTE);
    const joined = new Map<string, number>();
    for (const { key, from, to } of pieces.flat()) {
      expect(joined.get(key) ?? 0).toBe(from);
      joined.set(key, to);
    }
    expect([...joined]).toEqual(sources.filter(({ bytes }) => bytes > 0).map(({ key, bytes }) => [key, bytes]));
  }
});

test.runIf(s3Server)(
  `a browser downloads the file from the store under its name, until the URL expires${S3_MISSING}`,
  async () => {
    const { store, client, bucket } = await createTestBucket();
    const upload = await store.begin(KEY);
    await store.complete(KEY, upload, [await store.putPart(KEY, upload, 1, once("a,b\r\n"))]);
    const address = (await store.address(KEY, { fileName: "audit-log.csv", contentType: "text/csv" }, 600)) ?? "";
    // Name and type are signed; not every test server returns them.
    const signed = new URL(address).searchParams;
    expect(signed.get("X-Amz-Expires")).toBe("600");
    expect(signed.get("response-content-disposition")).toBe('attachment; filename="audit-log.csv"');
    const named = (await store.address(KEY, { fileName: "Grüße.csv", contentType: "text/csv" }, 600)) ?? "";
    expect(new URL(named).searchParams.get("response-content-disposition")).toBe(
      "attachment; filename=\"Gru-e.csv\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.csv",
    );
    expect((await fetch(named)).status).toBe(200);
    expect(signed.get("response-content-type")).toBe("text/csv");
    const response = await fetch(address);
    expect(await response.text()).toBe("a,b\r\n");
    expect((await fetch(address.replace("one.csv", "two.csv"))).status).toBeGreaterThanOrEqual(400);
    const head = new HeadObjectCommand({ Bucket: bucket, Key: `some/prefix/files/${KEY}` });
    expect((await client.send(head)).ContentLength).toBe(5);
  },
);

test.runIf(s3Server)(`a store with downloads=stream returns no URL${S3_MISSING}`, async () => {
  const { store } = await createTestBucket(undefined, "&downloads=stream");
  expect(await store.address(KEY, { fileName: "x.csv", contentType: "text/csv" }, 600)).toBeNull();
});

test.runIf(s3Server)(
  `the store encrypts files as the URL says, if it supports encryption${S3_MISSING}`,
  async ({ skip }) => {
    const { store, client, bucket } = await createTestBucket(undefined, "&encryption=AES256");
    const upload = await store.begin(KEY);
    const part = await store.putPart(KEY, upload, 1, once("a".repeat(6 * MEBIBYTE)));
    await store.complete(KEY, upload, [part]);
    const probe = { Bucket: bucket, Key: "probe" };
    await client.send(new PutObjectCommand({ ...probe, Body: "x", ServerSideEncryption: "AES256" }));
    const encrypts = (await client.send(new HeadObjectCommand(probe))).ServerSideEncryption !== undefined;
    if (!encrypts) skip("this server ignores server-side encryption");
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: `some/prefix/files/${KEY}` }));
    expect(head).toMatchObject({ ServerSideEncryption: "AES256", ContentLength: 6 * MEBIBYTE });
  },
);

/** Creates a bucket and a store whose calls go through a proxy. */
async function watchedBucket() {
  const proxy = await startFaultyHttpProxy(s3Server?.endpoint ?? "");
  onTestFinished(() => proxy.close());
  const created = await createTestBucket();
  const store = s3BlobStore(parseS3Address(`s3://${created.bucket}?path_style=true`), {
    endpoint: proxy.url,
    region: "us-east-1",
    credentials: TEST_CREDENTIALS,
  });
  return { ...created, store, proxy };
}

test.runIf(s3Server)(`no call has a checksum that a store may reject${S3_MISSING}`, async () => {
  const { proxy, store } = await watchedBucket();
  const sent = new Set<string>();
  proxy.fault = (_, { headers }) => {
    for (const name of Object.keys(headers)) sent.add(name);
    return null;
  };
  const upload = await store.begin(KEY);
  const text = "a".repeat(9 * MEBIBYTE);
  await store.complete(KEY, upload, [await store.putPart(KEY, upload, 1, once(text))]);
  expect((await buffer((await store.read(KEY)).body)).toString() === text).toBe(true);
  expect(sent).toContain("x-amz-content-sha256");
  expect([...sent].filter((name) => /checksum|trailer/.test(name))).toEqual([]);
  const address = await store.address(KEY, { fileName: "x.csv", contentType: "text/csv" }, 60);
  expect(address).not.toContain("checksum");
});

test.runIf(s3Server)(
  `pieces of crashed writers are deleted, even if a store lists exact keys only${S3_MISSING}`,
  async () => {
    const { proxy, store, client, bucket, files, uploads } = await watchedBucket();
    // Like MinIO, this store finds nothing below a prefix.
    proxy.fault = (_, { url = "" }) => {
      const query = new URL(url, proxy.url).searchParams;
      return query.has("uploads") && query.get("prefix")?.endsWith("/") ? 200 : null;
    };
    for (const [end, crashed] of [
      ["complete", [1, 2, 3]],
      ["abort", [2, 3]],
      ["abort", [1]],
    ] as const) {
      const upload = await store.begin(KEY);
      for (const number of crashed) {
        const Key = `uploads/${KEY}/${upload}/part-${number}`;
        await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }));
      }
      expect(await uploads()).toHaveLength(crashed.length);
      const parts = [];
      for (let number = 1; number < Math.max(...crashed); number += 1)
        parts.push(await store.putPart(KEY, upload, number, once(`${number}`)));
      await (end === "complete" ? store.complete(KEY, upload, parts) : store.abort(KEY));
      expect(await uploads()).toEqual([]);
    }
    expect(await files()).toEqual(["one.csv"]);
  },
);
