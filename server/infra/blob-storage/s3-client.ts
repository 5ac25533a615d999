import type * as Sdk from "@aws-sdk/client-s3";
import { explainS3Error } from "./s3-failures";
import type { S3Settings } from "./s3-settings";

/** Overrides of how to reach the store, for tests. Otherwise the environment's AWS variables apply. */
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

/** In milliseconds. A call sends at most 8 MiB or copies within the store, so a slower one has lost its connection. */
const TIMEOUTS = {
  connectionTimeout: 5_000,
  requestTimeout: 120_000,
  throwOnRequestTimeout: true,
  socketTimeout: 60_000,
};
/** Attempts per call, a few seconds apart. Inngest retries the step as well, minutes apart. */
const ATTEMPTS = 4;

/** Returns a function that opens the bucket on its first call: a process that stores files on disk never loads the SDK. */
export function lazyS3(settings: S3Settings, access: S3Access): () => Promise<S3> {
  let opened: Promise<S3> | undefined;
  return () => (opened ??= open(settings, access));
}

async function open({ bucket, pathStyle, encryption }: S3Settings, access: S3Access): Promise<S3> {
  // The installed version runs on Node 20. Its warning is about later ones, and takes seven lines in each process.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const sdk = await import("@aws-sdk/client-s3");
  const client = new sdk.S3Client({
    forcePathStyle: pathStyle,
    maxAttempts: ATTEMPTS,
    requestHandler: TIMEOUTS,
    // Otherwise the SDK sends a CRC32 with the parts of an upload that began without one, which AWS and others reject.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    // Errors of calls say what is wrong; the SDK must not write to the log.
    logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
    ...access,
  });
  return { sdk, client, bucket, encryption };
}

/** Calls S3. Errors that an operator can fix become DomainError `unavailable` with a clear message. */
export async function callS3<Result>(s3: S3, call: (s3: S3) => Promise<Result>): Promise<Result> {
  return call(s3).catch((error: unknown) => {
    throw explainS3Error(error);
  });
}
