import { queryKeys } from "inngest";
import { MAX_CALL_MILLISECONDS } from "@/server/embedded/runner/limits";
import { functionsRequest, signedRequest } from "@/server/inngest/signed-request";
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
  const { handler, signingKey } = application;
  const response = await handler(functionsRequest(signingKey, { callUrl: SERVE_URL, url: SERVE_URL }));
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
  const url = `${SERVE_URL}?${query}`;
  const response = application.handler(signedRequest(application.signingKey, { method: "POST", url, body }));
  return Promise.race([response, timeout]).finally(() => clearTimeout(timer));
}
