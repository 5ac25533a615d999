import { randomBytes } from "node:crypto";
import { CreateBucketCommand, ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { inject } from "vitest";
import { s3BlobStore } from "@/server/infra/blob-storage/s3";
import type { S3Access } from "@/server/infra/blob-storage/s3-client";
import { parseS3Address } from "@/server/infra/blob-storage/s3-settings";
import type { BlobStore } from "@/server/kernel/ports/blob-store";

/** The S3 server to test against, if any, and the reason to add to the titles of skipped tests. */
export const s3Server = inject("testS3");
export const S3_MISSING = s3Server ? "" : " (skipped: no S3 server; TEST_S3_ENDPOINT names one, npm test installs one)";

/** The credentials that every S3 server for tests accepts. */
export const TEST_CREDENTIALS = { accessKeyId: "trailport-test", secretAccessKey: "trailport-test-secret" };

export interface TestBucket {
  readonly store: BlobStore;
  readonly client: S3Client;
  readonly bucket: string;
  /** The last segments of all stored keys, of finished and unfinished blobs. */
  files(): Promise<string[]>;
  /** The keys of S3 multipart uploads that are neither completed nor aborted. */
  uploads(): Promise<string[]>;
}

/** Creates a bucket for a test; with `through`, the store uses this URL, such as a faulty proxy's, to reach the server. */
export async function createTestBucket(through?: string, query = ""): Promise<TestBucket> {
  if (!s3Server) throw new Error("There is no S3 server.");
  const access = { endpoint: s3Server.endpoint, region: "us-east-1", credentials: TEST_CREDENTIALS };
  const client = new S3Client({ ...access, forcePathStyle: true });
  const bucket = `trailport-test-${randomBytes(6).toString("hex")}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const settings = parseS3Address(`s3://${bucket}/some/prefix?path_style=true${query}`);
  const quick: S3Access = {
    ...access,
    endpoint: through ?? s3Server.endpoint,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 500,
      requestTimeout: 1_000,
      throwOnRequestTimeout: true,
      socketTimeout: 1_000,
    },
  };
  return {
    store: s3BlobStore(settings, through === undefined ? access : quick),
    client,
    bucket,
    async files() {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
      return Contents.map(({ Key = "" }) => Key.slice(Key.lastIndexOf("/") + 1));
    },
    async uploads() {
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
      return Uploads.map(({ Key = "" }) => Key);
    },
  };
}
