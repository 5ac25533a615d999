import { z } from "zod";

/** Where in S3 the files are, and how they are kept there. */
export interface S3Settings {
  readonly bucket: string;
  /** Before every key: empty, or ending with a slash. */
  readonly prefix: string;
  /** `https://host/bucket/key` instead of `https://bucket.host/key`. */
  readonly pathStyle: boolean;
  readonly encryption: { readonly ServerSideEncryption?: "AES256" | "aws:kms"; readonly SSEKMSKeyId?: string };
  /** Whether browsers can reach the store and are sent there, or every file goes through this process. */
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
    message: "needs encryption=aws:kms beside it",
    path: ["kms_key"],
  });

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/;

/**
 * Reads `s3://bucket/prefix?path_style=true&encryption=aws:kms&kms_key=…&downloads=stream`; all but the bucket may be
 * left out. Endpoint, region and credentials are the environment's, by AWS's own names.
 * @throws Error in one sentence that names what is wrong
 */
export function parseS3Address(address: string): S3Settings {
  const url = new URL(address);
  if (url.username !== "" || url.password !== "" || url.port !== "")
    throw new Error(
      "BLOB_STORE_URL must hold the bucket alone before the prefix; AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_ENDPOINT_URL_S3 say the rest.",
    );
  if (!BUCKET.test(url.hostname)) throw new Error("BLOB_STORE_URL must name a bucket: s3://bucket/prefix.");
  const prefix = decodeURIComponent(url.pathname).replaceAll(/^\/+|\/+$/g, "");
  if (prefix !== "" && !PREFIX.test(prefix))
    throw new Error("The prefix in BLOB_STORE_URL may hold letters, digits, '-', '_', '.' and '/' only.");
  const given = parameters.safeParse(Object.fromEntries(url.searchParams));
  if (!given.success) {
    const problems = given.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`.trim());
    throw new Error(
      `BLOB_STORE_URL knows path_style, encryption, kms_key and downloads after the question mark: ${problems.join("; ")}.`,
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
