import { headerKeys } from "inngest";
import type { Logger } from "@/server/kernel/ports/logger";

const INTERVAL = 60_000;

/**
 * Logs, at most once a minute, that calls of functions were rejected because their signature is wrong: the Inngest server
 * then has another key than Trailport. Calls without a signature are not from an Inngest server.
 */
export function warnOfRejectedCalls(
  handler: (request: Request) => Promise<Response>,
  log: Logger,
): (request: Request) => Promise<Response> {
  let lastWarning = -Infinity;
  return async (request) => {
    const isSigned = request.headers.has(headerKeys.Signature);
    const response = await handler(request);
    if (response.status === 401 && isSigned && performance.now() - lastWarning >= INTERVAL) {
      lastWarning = performance.now();
      log.error({}, "rejected a call of Inngest, whose signing key differs from INNGEST_SIGNING_KEY");
    }
    return response;
  };
}
