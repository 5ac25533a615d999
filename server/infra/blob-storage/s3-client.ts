import type * as Sdk from "@aws-sdk/client-s3";
import { plainly } from "./s3-failures";
import type { S3Settings } from "./s3-settings";

/** How to reach the store where the environment is not to say it: in tests. */
export type S3Access = Pick<
  Sdk.S3ClientConfig,
  "endpoint" | "region" | "credentials" | "maxAttempts" | "requestHandler"
>;

/** An open connection to one bucket. */
export interface S3 {
  readonly sdk: typeof Sdk;
  readonly client: Sdk.S3Client;
  readonly bucket: string;
  readonly encryption: S3Settings["encryption"];
}

/** Milliseconds. A part is 8 MiB, or copied within the store, so a call that takes longer has no one at its other end. */
const TIMES = { connectionTimeout: 5_000, requestTimeout: 120_000, throwOnRequestTimeout: true, socketTimeout: 60_000 };
/** Four tries, some seconds apart at most; the export's own retries, minutes apart, come on top. */
const TRIES = 4;

/** Opens the bucket at the first call: a process that keeps its files on a disk never loads the SDK. */
export function s3Opener(settings: S3Settings, access: S3Access): () => Promise<S3> {
  let opened: Promise<S3> | undefined;
  return () => (opened ??= open(settings, access));
}

async function open({ bucket, pathStyle, encryption }: S3Settings, access: S3Access): Promise<S3> {
  const sdk = await import("@aws-sdk/client-s3");
  const client = new sdk.S3Client({
    forcePathStyle: pathStyle,
    maxAttempts: TRIES,
    requestHandler: TIMES,
    // The SDK would send a CRC32 with each part of an upload that was begun without one, which AWS and others refuse.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    // The log is the application's, and the failure of a call says what is wrong.
    logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
    ...access,
  });
  return { sdk, client, bucket, encryption };
}

/** One call; what an operator can mend fails in words. */
export async function ask<Answer>(s3: S3, call: (s3: S3) => Promise<Answer>): Promise<Answer> {
  return call(s3).catch((error: unknown) => {
    throw plainly(error);
  });
}
