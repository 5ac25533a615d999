import { randomUUID } from "node:crypto";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { MAX_CALLS_PER_REQUEST } from "@/schemas/limits";
import { scopeFromApiKey } from "@/server/auth/api-key-scope";
import { clientAddress } from "@/server/auth/client-address";
import { findPortal } from "@/server/auth/portal-session";
import { findSignedIn } from "@/server/auth/member-session";
import { admitRequest } from "@/server/domain/rate-limit/admit-request";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import type { Caller } from "./context";
import { toTrpcError } from "./procedures";
import { appRouter } from "./root";

/** `/api/trpc`: staff by their session, internal tools by an API key. */
export function staffEndpoint(services: Services, request: Request): Promise<Response> {
  return answer(services, request, "/api/trpc", "Sign in to continue.", async (calls) => {
    const authorization = request.headers.get("authorization");
    if (authorization !== null) {
      const scope = await scopeFromApiKey(services, authorization);
      // Many calls in one request count like as many requests.
      for (let n = 0; n < calls; n += 1) await admitRequest(scope);
      return { kind: "api_key", scope };
    }
    const scope = await findSignedIn(services);
    return scope ? { kind: "staff", scope, environmentId: request.headers.get("x-trailport-environment") } : null;
  });
}

/** `/api/portal`: customers by their portal session, and nobody else. */
export function portalEndpoint(services: Services, request: Request): Promise<Response> {
  return answer(services, request, "/api/portal", "Ask for a new link to continue.", async () => {
    const scope = await findPortal(services);
    return scope && { kind: "portal", scope };
  });
}

async function answer(
  services: Services,
  request: Request,
  endpoint: string,
  wayIn: string,
  findCaller: (calls: number) => Promise<Caller | null>,
): Promise<Response> {
  const requestId = randomUUID();
  return fetchRequestHandler({
    endpoint,
    req: request,
    router: appRouter,
    allowBatching: true,
    maxBatchSize: MAX_CALLS_PER_REQUEST,
    // Filters can be longer than an address may be.
    allowMethodOverride: true,
    createContext: async ({ info }) => {
      try {
        requireSameOrigin(services, request);
        const address = clientAddress(request.headers);
        const found = await findCaller(info.calls.length).catch(asNobody);
        return { services, requestId, address, caller: found ?? { kind: "nobody", wayIn } };
      } catch (error) {
        throw toTrpcError(error);
      }
    },
    responseMeta: () => ({ headers: new Headers({ "cache-control": "private, no-store", "x-request-id": requestId }) }),
  });
}

/** A key that does not open anything is answered by the procedure, in its own form. */
function asNobody(error: unknown): null {
  if (error instanceof DomainError && error.code === "unauthenticated") return null;
  throw error;
}

/** Cookies travel with requests that other sites make; what changes something must come from our own pages. */
function requireSameOrigin({ config }: Services, request: Request): void {
  const origin = request.headers.get("origin");
  if (request.method === "GET" || origin === null) return;
  // A proxy may hand requests on under another host.
  const ours = [request.headers.get("host"), new URL(config.publicUrl).host];
  if (URL.canParse(origin) && ours.includes(new URL(origin).host)) return;
  throw new DomainError("forbidden", "This request came from another site.");
}
