import type { z } from "zod";
import type { KeyScope } from "@/schemas/api-keys/api-key";
import { requireKeyScope, scopeFromApiKey } from "@/server/auth/api-key-scope";
import { CLIENT_ADDRESS } from "@/server/auth/client-address";
import { admitRequest } from "@/server/domain/rate-limit/admit-request";
import { parse } from "@/server/kernel/parse";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { reserveBody } from "./body-budget";
import type { Documentation, Operation } from "./operation";
import { BODY_LIMIT, readJson } from "./read-body";
import { jsonReply } from "./reply";
import type { ApiRequest } from "./request";

/** The validated request. */
interface EndpointInput<Body, Query> {
  readonly scope: EnvironmentScope;
  readonly body: Body;
  readonly query: Query;
  /** The method, which is HEAD or that of the route. */
  readonly method: string;
  readonly param: ApiRequest["param"];
  readonly header: ApiRequest["header"];
}

interface EndpointOptions<Body extends z.ZodType, Query extends z.ZodType, Response extends z.ZodType> extends Omit<
  Documentation,
  "access" | "needs"
> {
  readonly needs: KeyScope;
  readonly body?: Body;
  readonly query?: Query;
  readonly response: Response;
  /** The largest body in bytes; 1 MB if not given. */
  readonly bodyLimit?: number;
  /** `shared`: until the response is ready, the body counts against the budget of all event requests. */
  readonly bodyBudget?: "shared";
  /** Reads the body; `readJson` if not given. */
  readonly read?: (request: ApiRequest, limit: number, scope: EnvironmentScope) => Promise<unknown>;
}

const HEADERS = { "cache-control": "private, no-store" };

/**
 * Creates an operation that needs an API key and responds with JSON: authenticates, counts the request against the rate
 * limit, checks the key's scope, parses the input and passes it to `handle`.
 */
export function endpoint<
  Response extends z.ZodType,
  Body extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
>(
  options: EndpointOptions<Body, Query, Response>,
  handle: (input: EndpointInput<z.output<Body>, z.output<Query>>) => Promise<z.input<Response>>,
): Operation {
  const { read = readJson, bodyLimit = BODY_LIMIT, bodyBudget, ...documentation } = options;
  return {
    documentation: { ...documentation, access: "key" },
    bodyLimit,
    handler: (services) => async (request) => {
      const scope = await scopeFromApiKey(services, request.header("authorization"), request.header(CLIENT_ADDRESS));
      await admitRequest(scope);
      requireKeyScope(scope, documentation.needs);
      const release = bodyBudget === "shared" ? reserveBody(services, request, bodyLimit) : undefined;
      try {
        const response = await handle({
          scope,
          // Without a schema, the output type is undefined and so is the value.
          body: (options.body && parse(options.body, await read(request, bodyLimit, scope))) as z.output<Body>,
          query: (options.query && parse(options.query, queryOf(request))) as z.output<Query>,
          method: request.method,
          param: request.param,
          header: request.header,
        });
        return jsonReply(documentation.status, response, HEADERS);
      } finally {
        release?.();
      }
    },
  };
}

/** Returns each parameter's values in order. `name[]` and `name[0]` are the same as `name`. */
function queryOf(request: ApiRequest): Record<string, string[]> {
  const query = new Map<string, string[]>();
  for (const [key, value] of request.query()) {
    const name = key.replace(/\[\d*\]$/, "");
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  return Object.fromEntries(query);
}
