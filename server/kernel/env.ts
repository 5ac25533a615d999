import path from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";

const text = z.string().trim().min(1);
/** Empty counts as absent: that is what `FOO= npm start` means. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

/** All of them or none. */
const OIDC = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;

const environment = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
    DATABASE_URL: text,
    HOST: text.default("127.0.0.1"),
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    /** The address that people and SDKs reach this host at; also says whether cookies are `Secure`. */
    PUBLIC_URL: optional(z.url()),
    AUTH_SECRET: text.min(32),
    DOWNLOAD_SECRET: text.min(32),
    /** REST requests per environment and minute, all web processes together. */
    RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000_000).default(6_000),
    /** Days that the file of an export is kept. */
    EXPORT_FILE_DAYS: z.coerce.number("must be a number of days").int().min(1).max(3660).default(7),
    /** How many proxies in front of this host append to `X-Forwarded-For`; without any, the header is not believed. */
    TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
    /** `smtp://user:password@host:587`, or `smtps://` where the connection begins encrypted. */
    SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
    MAIL_FROM: optional(text),
    /** Staff can also sign in through this OpenID Connect provider; the address below which its configuration is found. */
    OIDC_ISSUER: optional(z.url({ protocol: /^https?$/ })),
    OIDC_CLIENT_ID: optional(text),
    OIDC_CLIENT_SECRET: optional(text),
    /** What the button calls it. */
    OIDC_NAME: text.default("single sign-on"),
    TRAILPORT_DATA_DIR: text.default(".trailport"),
    BLOB_STORE_URL: optional(z.url()),
    INNGEST_EVENT_KEY: optional(text),
    INNGEST_SIGNING_KEY: optional(text),
    INNGEST_SIGNING_KEY_FALLBACK: optional(text),
    INNGEST_BASE_URL: optional(z.url()),
    INNGEST_SERVE_ORIGIN: optional(z.url()),
    /** Set by the start command: the functions are driven by the worker itself, over PostgreSQL. */
    TRAILPORT_EMBEDDED_RUNNER: z.stringbool().default(false),
    /** Set by the start command: where the web process hands an Inngest server's calls to the worker. */
    TRAILPORT_WORKER_PORT: optional(z.coerce.number().int().min(1).max(65535)),
    /** Opens `/metrics`; without it there are none. */
    METRICS_TOKEN: optional(text.regex(/^\S{16,}$/, "must have at least 16 characters and no blanks")),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  })
  .superRefine((env, context) => {
    const given = OIDC.filter((name) => env[name] !== undefined);
    if (given.length === 0) return;
    for (const name of OIDC.filter((each) => !given.includes(each)))
      context.addIssue({ code: "custom", path: [name], message: `is needed beside ${given.join(" and ")}` });
  })
  .transform((env) => ({
    isDevelopment: env.NODE_ENV === "development",
    databaseUrl: env.DATABASE_URL,
    host: env.HOST,
    port: env.PORT,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ""),
    authSecret: env.AUTH_SECRET,
    downloadSecret: env.DOWNLOAD_SECRET,
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    exportFileDays: env.EXPORT_FILE_DAYS,
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
    },
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
  }));

function identityProvider(
  env: { readonly OIDC_NAME: string } & { readonly [Name in (typeof OIDC)[number]]?: string | undefined },
) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = env;
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret, name } : null;
}

/** The sender where none is configured. */
function noReply(publicUrl: string | undefined): string {
  return `Trailport <no-reply@${publicUrl === undefined ? "localhost" : new URL(publicUrl).hostname}>`;
}

export type Env = z.output<typeof environment>;

/**
 * The process's configuration, validated.
 * @throws Error that names each variable that is missing or wrong, never its value.
 */
export function readEnv(variables: Record<string, string | undefined> = process.env): Env {
  const result = environment.safeParse(variables);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not complete (npm start sets what it can itself):\n  ${problems.join("\n  ")}`);
}

/** next-auth takes its address and secret from the process's variables and nowhere else. */
export function prepareNextAuth(env: Env): void {
  process.env["NEXTAUTH_URL"] = env.publicUrl;
  process.env["NEXTAUTH_SECRET"] = env.authSecret;
}
