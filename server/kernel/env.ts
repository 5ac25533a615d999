import { totalmem } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { byteSize } from "./byte-size";
import { databaseUrl } from "./database-url";
import { memorySizes } from "./memory-sizes";
import { inngestProblems } from "./inngest-env";
import { publicUrl } from "./public-url";
import { DEFAULT_DRAIN_SECONDS } from "./timeouts";

const text = z.string().trim().min(1);
/** An empty variable counts as unset, because that is what `FOO= npm start` means. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

/** Must be set together. */
const OIDC = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;

const variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  DATABASE_URL: databaseUrl,
  /** The most connections that the web and the worker process of a node open together. */
  DATABASE_CONNECTIONS: z.coerce.number().int().min(25, "must be at least 25").max(10_000).default(65),
  HOST: text.default("127.0.0.1"),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** The URL under which browsers and SDKs reach this host. With https, cookies are `Secure`. */
  PUBLIC_URL: optional(publicUrl),
  AUTH_SECRET: text.min(32),
  DOWNLOAD_SECRET: text.min(32),
  /** REST requests per environment and minute, over all web processes. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000_000).default(6_000),
  /** Events per environment and minute, over all web processes. At least the largest batch. */
  EVENT_LIMIT_PER_MINUTE: z.coerce.number().int().min(1_000).max(1_000_000_000).default(1_000_000),
  /** Procedure calls per dashboard or portal session and minute, in each web process; ten times as many per address. */
  CALL_LIMIT_PER_MINUTE: z.coerce.number().int().min(100).max(1_000_000_000).default(1_200),
  /** Days for which the file of an export is kept. */
  EXPORT_FILE_DAYS: z.coerce.number("must be a number of days").int().min(1).max(3660).default(7),
  /** Exports that an organization may have unfinished at a time. */
  EXPORT_PENDING_LIMIT: z.coerce.number("must be a number of exports").int().min(1).max(100_000).default(10),
  /** Bytes of export files that an organization may keep; a new export is rejected once they are reached. */
  EXPORT_SIZE_LIMIT: byteSize.default(20e9),
  /** Bytes on each disk that exports leave to the database: below it, exports wait while events are still stored. */
  FREE_SPACE_RESERVE: byteSize.default(1e9),
  /** The number of trusted proxies that append to `X-Forwarded-For`; with 0, the header is ignored. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** `smtp://user:password@host:587`, or `smtps://` for connections that start with TLS. */
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
  MAIL_FROM: optional(text),
  /** An OpenID Connect provider through which staff can also sign in; its discovery document is below this URL. */
  OIDC_ISSUER: optional(z.url({ protocol: /^https?$/ })),
  OIDC_CLIENT_ID: optional(text),
  OIDC_CLIENT_SECRET: optional(text),
  /** Issuers, separated by spaces or commas, whose emails count as verified if their ID tokens have no `email_verified`. */
  OIDC_TRUSTED_ISSUERS: optional(
    text.transform((list) => list.split(/[\s,]+/)).pipe(z.array(z.url({ protocol: /^https?$/ }))),
  ),
  /** The provider's name on the sign-in button. */
  OIDC_NAME: text.default("single sign-on"),
  TRAILPORT_DATA_DIR: text.default(".trailport"),
  BLOB_STORE_URL: optional(z.url()),
  INNGEST_EVENT_KEY: optional(text),
  INNGEST_SIGNING_KEY: optional(text),
  INNGEST_SIGNING_KEY_FALLBACK: optional(text),
  INNGEST_BASE_URL: optional(text),
  INNGEST_SERVE_ORIGIN: optional(text),
  /** Set by the start command: the worker runs the functions itself, over PostgreSQL. */
  TRAILPORT_EMBEDDED_RUNNER: z.stringbool().default(false),
  /** Set by the start command: the folder of the embedded database, whose disk is monitored. */
  TRAILPORT_DATABASE_DIR: optional(text),
  /** Set by the start command: the port to which the web process forwards an Inngest server's calls. */
  TRAILPORT_WORKER_PORT: optional(z.coerce.number().int().min(1).max(65535)),
  /** Bytes of memory that web, worker and the embedded PostgreSQL may use together. The start command sets it. */
  MEMORY_LIMIT: optional(byteSize),
  /** Seconds for which a stopping process accepts requests while readiness returns 503. */
  DRAIN_SECONDS: z.coerce.number("must be a number of seconds").int().min(0).max(600).default(DEFAULT_DRAIN_SECONDS),
  /** Set by the image for a worker in its own container: where it listens for an Inngest server's calls. */
  TRAILPORT_WORKER_HOST: text.default("127.0.0.1"),
  /** The bearer token for `/metrics`, which returns 404 without it. */
  METRICS_TOKEN: optional(text.regex(/^\S{16,}$/, "must have at least 16 characters and no spaces")),
  /** A URL at which people can report security problems of this installation; see RFC 9116. */
  SECURITY_CONTACT: optional(z.url({ protocol: /^(https|mailto|tel)$/ })),
  /** Logs each request. */
  ACCESS_LOG: z.stringbool().default(false),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

/** The names of all environment variables that web and worker read. */
export const VARIABLES: readonly string[] = Object.keys(variables.shape);

const environment = variables
  .superRefine((env, context) => {
    const given = OIDC.filter((name) => env[name] !== undefined);
    if (given.length === 0) return;
    for (const name of OIDC.filter((each) => !given.includes(each)))
      context.addIssue({ code: "custom", path: [name], message: `is required with ${given.join(" and ")}` });
  })
  .transform((env) => ({
    isDevelopment: env.NODE_ENV === "development",
    databaseUrl: env.DATABASE_URL,
    databaseConnections: env.DATABASE_CONNECTIONS,
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    authSecret: env.AUTH_SECRET,
    downloadSecret: env.DOWNLOAD_SECRET,
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    eventLimitPerMinute: env.EVENT_LIMIT_PER_MINUTE,
    callLimitPerMinute: env.CALL_LIMIT_PER_MINUTE,
    exportFileDays: env.EXPORT_FILE_DAYS,
    exportLimits: { pending: env.EXPORT_PENDING_LIMIT, bytes: env.EXPORT_SIZE_LIMIT },
    freeSpaceReserve: env.FREE_SPACE_RESERVE,
    databaseDirectory: env.TRAILPORT_DATABASE_DIR,
    trustedProxies: env.TRUST_PROXY,
    identityProvider: identityProvider(env),
    mail: env.SMTP_URL === undefined ? null : { url: env.SMTP_URL, from: env.MAIL_FROM ?? noReply(env.PUBLIC_URL) },
    blobStoreUrl: env.BLOB_STORE_URL ?? pathToFileURL(path.resolve(env.TRAILPORT_DATA_DIR, "blobs")).href,
    inngest: {
      embedded: env.TRAILPORT_EMBEDDED_RUNNER,
      eventKey: env.INNGEST_EVENT_KEY,
      signingKey: env.INNGEST_SIGNING_KEY,
      signingKeyFallback: env.INNGEST_SIGNING_KEY_FALLBACK,
      baseUrl: env.INNGEST_BASE_URL,
      serveOrigin: env.INNGEST_SERVE_ORIGIN,
      workerPort: env.TRAILPORT_WORKER_PORT,
      workerHost: env.TRAILPORT_WORKER_HOST,
    },
    memory: memorySizes(env.MEMORY_LIMIT ?? totalmem()),
    drainSeconds: env.DRAIN_SECONDS,
    metricsToken: env.METRICS_TOKEN ?? null,
    securityContact: env.SECURITY_CONTACT ?? null,
    logLevel: env.LOG_LEVEL,
    logsRequests: env.ACCESS_LOG,
  }));

function identityProvider(
  env: { readonly OIDC_NAME: string; readonly OIDC_TRUSTED_ISSUERS?: readonly string[] | undefined } & {
    readonly [Name in (typeof OIDC)[number]]?: string | undefined;
  },
) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = env;
  const trustedIssuers = env.OIDC_TRUSTED_ISSUERS ?? [];
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret, trustedIssuers, name } : null;
}

/** The default sender. */
function noReply(publicUrl: string | undefined): string {
  return `Trailport <no-reply@${publicUrl === undefined ? "localhost" : new URL(publicUrl).hostname}>`;
}

export type Env = z.output<typeof environment>;

/**
 * Reads and validates the process's configuration.
 * @throws Error that names each missing or invalid variable, but never its value
 */
export function readEnv(variables: Record<string, string | undefined> = process.env): Env {
  const result = environment.safeParse(variables);
  const isEmbedded = result.data?.inngest.embedded ?? false;
  const problems = [
    ...(result.error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? []),
    ...inngestProblems(variables, isEmbedded),
  ];
  if (result.success && problems.length === 0) return result.data;
  throw new Error(
    `Configuration error. Fix these environment variables (npm start sets most of them):\n  ${problems.join("\n  ")}`,
  );
}

/** next-auth reads its URL and secret from environment variables only. */
export function prepareNextAuth(env: Env): void {
  process.env["NEXTAUTH_URL"] = env.publicUrl;
  process.env["NEXTAUTH_SECRET"] = env.authSecret;
}
