import { randomUUID } from "node:crypto";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { MAX_CALLS_PER_REQUEST } from "@/schemas/limits";
import { scopeFromApiKey } from "@/server/auth/api-key-scope";
import { clientAddress } from "@/server/auth/client-address";
import { findSignedIn } from "@/server/auth/member-session";
import { isOwnOrigin } from "@/server/auth/own-origin";
import { findPortal } from "@/server/auth/portal-session";
import { admitRequest } from "@/server/domain/rate-limit/admit-request";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import { VERSION } from "@/server/kernel/version";
import type { Caller } from "./context";
import { toTrpcError } from "./procedures";
import { appRouter } from "./root";

/** Serves `/api/trpc`, for staff with a session and internal tools with an API key. */
export function staffEndpoint(services: Services, request: Request): Promise<Response> {
  return respond(services, request, "/api/trpc", "Sign in to continue.", async (calls) => {
    const authorization = request.headers.get("authorization");
    if (authorization !== null) {
      const scope = await scopeFromApiKey(services, authorization, clientAddress(request.headers));
      // Each call of a batch counts as a request.
      for (let n = 0; n < calls; n += 1) await admitRequest(scope);
      return { kind: "api_key", scope };
    }
    const scope = await findSignedIn(services);
    return scope ? { kind: "staff", scope, environmentId: request.headers.get("x-trailport-environment") } : null;
  });
}

/**
 * Serves `/api/portal`, for visitors with a portal session only. Because a browser can have several, each page names the one
 * that it was rendered for.
 */
export function portalEndpoint(services: Services, request: Request): Promise<Response> {
  return respond(services, request, "/api/portal", "Ask for a new link to continue.", async () => {
    const scope = await findPortal(
      services,
      request.headers.get("cookie"),
      request.headers.get("x-trailport-portal-session"),
    );
    return scope && { kind: "portal", scope };
  });
}

async function respond(
  services: Services,
  request: Request,
  endpoint: string,
  signInHint: string,
  findCaller: (calls: number) => Promise<Caller | null>,
): Promise<Response> {
  const requestId = randomUUID();
  return fetchRequestHandler({
    endpoint,
    req: request,
    router: appRouter,
    allowBatching: true,
    maxBatchSize: MAX_CALLS_PER_REQUEST,
    // Filters can exceed the length limit of a URL.
    allowMethodOverride: true,
    createContext: async ({ info }) => {
      try {
        requireSameOrigin(services, request);
        const address = clientAddress(request.headers);
        const found = await findCaller(info.calls.length).catch(toAnonymous);
        return { services, requestId, address, caller: found ?? { kind: "anonymous", signInHint } };
      } catch (error) {
        throw toTrpcError(error);
      }
    },
    responseMeta: () => ({
      headers: new Headers({
        "cache-control": "private, no-store",
        "x-request-id": requestId,
        // Pages from before an upgrade recognize it by this.
        "x-trailport-version": VERSION,
      }),
    }),
  });
}

/** With an invalid key the caller is anonymous, so that the procedure returns the error in tRPC's format. */
function toAnonymous(error: unknown): null {
  if (error instanceof DomainError && error.code === "unauthenticated") return null;
  throw error;
}

/** Browsers send cookies with requests from other sites, too, so mutations must come from our own pages. */
function requireSameOrigin({ config }: Services, request: Request): void {
  if (request.method === "GET" || !request.headers.has("origin")) return;
  if (isOwnOrigin(config, request.headers)) return;
  throw new DomainError("forbidden", "This request came from another site.");
}
