import { z } from "zod";

/** The place of the files in S3, and how they are stored. */
export interface S3Settings {
  readonly bucket: string;
  /** The start of every key: empty, or ending with a slash. */
  readonly prefix: string;
  /** Use `https://host/bucket/key` instead of `https://bucket.host/key`. */
  readonly pathStyle: boolean;
  readonly encryption: { readonly ServerSideEncryption?: "AES256" | "aws:kms"; readonly SSEKMSKeyId?: string };
  /** `direct` redirects browsers to the store; `stream` sends every file through this process. */
  readonly downloads: "direct" | "stream";
}

const parameters = z
  .strictObject({
    path_style: z.stringbool().default(false),
    encryption: z.enum(["AES256", "aws:kms"]).optional(),
    kms_key: z.string().min(1).optional(),
    downloads: z.enum(["direct", "stream"]).default("direct"),
  })
  .refine((given) => given.kms_key === undefined || given.encryption === "aws:kms", {
    message: "requires encryption=aws:kms",
    path: ["kms_key"],
  });

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/;

/**
 * Parses `s3://bucket/prefix?path_style=true&encryption=aws:kms&kms_key=…&downloads=stream`. Only the bucket is required.
 * Endpoint, region and credentials come from AWS's own environment variables.
 * @throws Error that says what is wrong
 */
export function parseS3Address(address: string): S3Settings {
  const url = new URL(address);
  if (url.username !== "" || url.password !== "" || url.port !== "")
    throw new Error(
      "BLOB_STORE_URL must contain only the bucket before the prefix. Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_ENDPOINT_URL_S3 for credentials and endpoint.",
    );
  if (!BUCKET.test(url.hostname)) throw new Error("BLOB_STORE_URL must name a bucket: s3://bucket/prefix.");
  const prefix = decodeURIComponent(url.pathname).replaceAll(/^\/+|\/+$/g, "");
  if (prefix !== "" && !PREFIX.test(prefix))
    throw new Error("The prefix in BLOB_STORE_URL may contain only letters, digits, '-', '_', '.' and '/'.");
  const given = parameters.safeParse(Object.fromEntries(url.searchParams));
  if (!given.success) {
    const problems = given.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`.trim());
    throw new Error(
      `BLOB_STORE_URL supports the parameters path_style, encryption, kms_key and downloads: ${problems.join("; ")}.`,
    );
  }
  const { path_style, encryption, kms_key, downloads } = given.data;
  return {
    bucket: url.hostname,
    prefix: prefix === "" ? "" : `${prefix}/`,
    pathStyle: path_style,
    encryption: {
      ...(encryption && { ServerSideEncryption: encryption }),
      ...(kms_key !== undefined && { SSEKMSKeyId: kms_key }),
    },
    downloads,
  };
}
