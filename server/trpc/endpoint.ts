import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { MAX_CALLS_PER_REQUEST } from "@/schemas/limits";
import { scopeFromApiKey } from "@/server/auth/api-key-scope";
import { clientAddress } from "@/server/auth/client-address";
import { findSignedIn } from "@/server/auth/member-session";
import { isOwnOrigin } from "@/server/auth/own-origin";
import { findPortal } from "@/server/auth/portal-session";
import { admitCallsFrom, admitCallsOf } from "@/server/domain/rate-limit/admit-calls";
import { admitRequest } from "@/server/domain/rate-limit/admit-request";
import { DomainError } from "@/server/kernel/errors";
import { withRequestId } from "@/server/kernel/request-context";
import type { Services } from "@/server/kernel/services";
import { VERSION } from "@/server/kernel/version";
import type { Caller, TrpcContext } from "./context";
import { toTrpcError } from "./procedures";
import { readInput } from "./read-input";
import { appRouter } from "./root";

/** One of the two endpoints. */
interface Endpoint {
  readonly path: string;
  /** Tells people how to get access. */
  readonly signInHint: string;
  /** Returns null for a caller without access. */
  readonly findCaller: () => Promise<Caller | null>;
}

/** Serves `/api/trpc`, for staff with a session and internal tools with an API key. */
export function staffEndpoint(services: Services, request: Request): Promise<Response> {
  return respond(services, request, {
    path: "/api/trpc",
    signInHint: "Sign in to continue.",
    async findCaller() {
      const authorization = request.headers.get("authorization");
      if (authorization !== null) {
        return {
          kind: "api_key",
          scope: await scopeFromApiKey(services, authorization, clientAddress(request.headers)),
        };
      }
      const scope = await findSignedIn(services);
      return scope && { kind: "staff", scope, environmentId: request.headers.get("x-trailport-environment") };
    },
  });
}

/**
 * Serves `/api/portal`, for visitors with a portal session only. Because a browser can have several, each page names the one
 * that it was rendered for.
 */
export function portalEndpoint(services: Services, request: Request): Promise<Response> {
  return respond(services, request, {
    path: "/api/portal",
    signInHint: "Ask for a new link to continue.",
    async findCaller() {
      const { headers } = request;
      const scope = await findPortal(services, headers.get("cookie"), headers.get("x-trailport-portal-session"));
      return scope && { kind: "portal", scope };
    },
  });
}

function respond(services: Services, request: Request, endpoint: Endpoint): Promise<Response> {
  const requestId = randomUUID();
  return withRequestId(requestId, () => respondTo(services, request, endpoint, requestId));
}

async function respondTo(
  services: Services,
  request: Request,
  endpoint: Endpoint,
  requestId: string,
): Promise<Response> {
  const admitted = await admit(services, request, endpoint, requestId);
  const headers = new Headers({
    "cache-control": "private, no-store",
    "x-request-id": requestId,
    // Pages from before an upgrade recognize it by this.
    "x-trailport-version": VERSION,
  });
  if ("error" in admitted) {
    const cause = admitted.error instanceof TRPCError ? admitted.error.cause : null;
    const retryAfter = cause instanceof DomainError ? cause.details.headers?.["retry-after"] : undefined;
    if (retryAfter !== undefined) headers.set("retry-after", retryAfter);
  }
  return fetchRequestHandler({
    endpoint: endpoint.path,
    req: new Request(request.url, {
      method: request.method,
      headers: request.headers,
      body: "body" in admitted ? admitted.body : null,
      signal: request.signal,
    }),
    router: appRouter,
    allowBatching: true,
    maxBatchSize: MAX_CALLS_PER_REQUEST,
    // Filters can exceed the length limit of a URL.
    allowMethodOverride: true,
    createContext() {
      if ("context" in admitted) return admitted.context;
      throw admitted.error;
    },
    responseMeta: () => ({ headers }),
  });
}

/** The caller and the body of its request, or why it is rejected: the handler returns the error in tRPC's format. */
type Admitted =
  | { readonly context: TrpcContext; readonly body: string | null }
  // tRPC hides the message of an error that is not a TRPCError.
  | { readonly error: unknown };

/** Finds out who calls and counts the calls; only then reads the body. */
async function admit(
  services: Services,
  request: Request,
  { path, signInHint, findCaller }: Endpoint,
  requestId: string,
): Promise<Admitted> {
  try {
    requireSameOrigin(services, request);
    const address = clientAddress(request.headers);
    const calls = countCalls(request, path);
    admitCallsFrom(services, address, calls);
    const caller = (await findCaller().catch(toAnonymous)) ?? ({ kind: "anonymous", signInHint } as const);
    await admitCaller(services, caller, address, calls);
    const body = await readInput(request, caller);
    return { context: { services, requestId, address, caller }, body };
  } catch (error) {
    return { error: toTrpcError(error) };
  }
}

/** Each call of a batch counts. The path lists their names. */
function countCalls(request: Request, path: string): number {
  return new URL(request.url).pathname.slice(path.length).split(",").length;
}

async function admitCaller(services: Services, caller: Caller, address: string, calls: number): Promise<void> {
  if (caller.kind === "api_key") return admitRequest(caller.scope, calls);
  // A portal session's principal is the session itself, and a member's is the member.
  const session = caller.kind === "anonymous" ? `from ${address}` : caller.scope.principal.id;
  admitCallsOf(services, session, calls);
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
