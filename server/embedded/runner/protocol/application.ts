import { createHmac } from "node:crypto";
import canonicalize from "canonicalize";
import { headerKeys, queryKeys } from "inngest";
import { MAX_CALL_MILLISECONDS } from "@/server/embedded/runner/limits";
import { type Functions, readFunctions } from "./functions";

/** The SDK's own `serve` with Trailport's functions. It is called in-process, with requests signed like the server's. */
export interface Application {
  readonly handler: (request: Request) => Promise<Response>;
  /** `signkey-<environment>-<hex>`, the same as the Inngest client's. */
  readonly signingKey: string;
}

const SERVE_URL = "http://localhost/api/inngest";

/**
 * Reads the application's functions.
 *
 * @throws Error if the application rejects the call (its signing key differs), or if a function needs something that the
 *   runner does not support.
 */
export async function syncFunctions(application: Application): Promise<Functions> {
  const response = await send(
    application,
    "PUT",
    SERVE_URL,
    { url: SERVE_URL },
    { [headerKeys.InngestSyncKind]: "in_band" },
  );
  if (!response.ok)
    throw new Error(`Could not read the Inngest functions: ${response.status} ${await response.text()}`);
  // `json()` returns unknown data. readFunctions validates the part that matters.
  const body = (await response.json()) as { functions?: unknown };
  return readFunctions(body.functions);
}

/** Calls one step of a function. With `stepId` "", calls the function, which continues until it has to wait. */
export async function callFunction(
  application: Application,
  functionId: string,
  stepId: string,
  body: unknown,
): Promise<Response> {
  const query = new URLSearchParams({
    [queryKeys.FnId]: functionId,
    [queryKeys.StepId]: stepId === "" ? "step" : stepId,
  });
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The step took longer than two hours.")), MAX_CALL_MILLISECONDS);
  });
  const response = send(application, "POST", `${SERVE_URL}?${query}`, body);
  return Promise.race([response, timeout]).finally(() => clearTimeout(timer));
}

function send(
  { handler, signingKey }: Application,
  method: string,
  url: string,
  body: unknown,
  headers = {},
): Promise<Response> {
  // The SDK canonicalizes a body before it checks the signature, with the same package in the same version.
  const canonical = canonicalize(body) ?? "";
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac("sha256", signingKey.replace(/^signkey-\w+-/, ""))
    .update(`${canonical}${time}`)
    .digest("hex");
  return handler(
    new Request(url, {
      method,
      // The handler builds its own URL from the host header, which nothing adds to an in-process request.
      headers: {
        host: "localhost",
        [headerKeys.ContentType]: "application/json",
        [headerKeys.Signature]: `t=${time}&s=${signature}`,
        ...headers,
      },
      body: canonical,
    }),
  );
}
