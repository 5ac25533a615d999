import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { functionsRequest, withoutPrefix } from "@/server/inngest/signed-request";

/** Where Inngest Cloud registers functions. */
const CLOUD = "https://api.inngest.com";
/** Milliseconds for one request. */
const TIMEOUT = 15_000;

export interface RegistrationTarget {
  readonly signingKey: string;
  readonly signingKeyFallback?: string | undefined;
  /** The URL of a self-hosted server; Inngest Cloud if undefined. */
  readonly baseUrl?: string | undefined;
  /** The URL under which the server calls the functions. */
  readonly functionsUrl: string;
  /** Calls the functions in this process or the worker's; the request's URL is `callUrl`. */
  readonly call: (request: Request) => Promise<Response>;
  readonly callUrl: string;
}

/** What the SDK says about its functions; the server gets it unchanged. */
const described = z.object({
  app_id: z.string(),
  appVersion: z.string().optional(),
  capabilities: z.unknown(),
  framework: z.string(),
  functions: z.array(z.record(z.string(), z.unknown())),
  sdk: z.string(),
  url: z.string(),
});

export type DescribedFunctions = z.output<typeof described>;

/** The worker process, which serves the functions, can't be reached. It may still be starting. */
export class WorkerUnreachable extends Error {}

/**
 * Reads what the functions are.
 * @throws WorkerUnreachable; Error with the reason for the operator
 */
export async function describeFunctions(target: RegistrationTarget): Promise<DescribedFunctions> {
  const { callUrl, functionsUrl: url } = target;
  const response = await target.call(functionsRequest(target.signingKey, { callUrl, url })).catch((error: unknown) => {
    throw new WorkerUnreachable(`The worker process does not respond${codeOf(error)}.`);
  });
  if (response.status === 503) throw new WorkerUnreachable("The worker process does not respond (503).");
  if (!response.ok) throw new Error(`The worker process did not list its functions (${response.status}).`);
  return described.parse(await response.json());
}

/** Returns what changes whenever the functions must be registered again: they, their URL, the server or the key. */
export function fingerprintOf({ functions, url }: DescribedFunctions, { baseUrl, signingKey }: RegistrationTarget) {
  const key = createHash("sha256").update(signingKey).digest("hex");
  const text = canonicalize({ functions, url, server: baseUrl ?? CLOUD, key }) ?? "";
  return createHash("sha256").update(text).digest("hex");
}

/**
 * Registers the functions with the Inngest server, which then calls them and no others.
 * @throws Error with the reason for the operator
 */
export async function register(target: RegistrationTarget, functions: DescribedFunctions): Promise<void> {
  const server = target.baseUrl ?? CLOUD;
  const { app_id: appName, ...rest } = functions;
  const body = JSON.stringify({ ...rest, appName, deployType: "ping", v: "0.1" });
  const post = async (key: string) =>
    fetch(new URL("/fn/register", server), {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${hashed(key)}` },
      body,
      signal: AbortSignal.timeout(TIMEOUT),
    }).catch((error: unknown) => {
      throw new Error(`Inngest at ${server} can't be reached${codeOf(error)}. Check INNGEST_BASE_URL.`);
    });
  let response = await post(target.signingKey);
  // While a key is being replaced, the server may only know the old one.
  if (isRejected(response) && target.signingKeyFallback !== undefined) response = await post(target.signingKeyFallback);
  if (isRejected(response))
    throw new Error(
      `Inngest at ${server} rejected INNGEST_SIGNING_KEY (${response.status}). Give Trailport and Inngest the same key.`,
    );
  if (!response.ok)
    throw new Error(
      `Inngest at ${server} did not register the functions (${response.status}). Check that INNGEST_BASE_URL is an Inngest server.`,
    );
}

function isRejected({ status }: Response): boolean {
  return status === 401 || status === 403;
}

/** Returns the key as Inngest's API expects it: with the prefix, and the rest hashed. */
function hashed(signingKey: string): string {
  const key = withoutPrefix(signingKey);
  const prefix = signingKey.slice(0, signingKey.length - key.length);
  return prefix + createHash("sha256").update(key, "hex").digest("hex");
}

/** Returns a network error's code, such as " (ECONNREFUSED)". */
function codeOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : null;
  const code: unknown = cause !== null && typeof cause === "object" && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? ` (${code})` : "";
}
