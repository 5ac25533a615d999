import type { z } from "zod";
import type { KeyScope } from "@/schemas/api-keys/api-key";
import { requireKeyScope, scopeFromApiKey } from "@/server/auth/api-key-scope";
import { CLIENT_ADDRESS } from "@/server/auth/client-address";
import { admitRequest } from "@/server/domain/rate-limit/admit-request";
import { DomainError } from "@/server/kernel/errors";
import { invalidInput, parse, rejectUnknownFields } from "@/server/kernel/parse";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import { type BodyClaim, bodyBudget } from "./body-budget";
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
  /** `reject`: fields that the body's schema does not have are rejected instead of ignored. The query is always strict. */
  readonly unknownFields?: "reject";
  /** Reads the body; `readJson` if not given. */
  readonly read?: (request: ApiRequest, limit: number, claim: BodyClaim, scope: EnvironmentScope) => Promise<unknown>;
}

/** Bytes of a body without fields: `{}`, `[]` or `null`, which some clients send with every request. */
const EMPTY_BODY = 4;
const MAX_NAME_LENGTH = 100;

const HEADERS = { "cache-control": "private, no-store" };

/**
 * Creates an operation that needs an API key and responds with JSON: authenticates, counts the request against the rate
 * limit, checks the key's scope, parses the input and passes it to `handle`. Until the response is ready, the body counts
 * against the process's budget.
 */
export function endpoint<
  Response extends z.ZodType,
  Body extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
>(
  options: EndpointOptions<Body, Query, Response>,
  handle: (input: EndpointInput<z.output<Body>, z.output<Query>>) => Promise<z.input<Response>>,
): Operation {
  const { read = readJson, bodyLimit = BODY_LIMIT, unknownFields, ...documentation } = options;
  const readBody = async (request: ApiRequest, claim: BodyClaim, scope: EnvironmentScope): Promise<unknown> => {
    const body = await read(request, bodyLimit, claim, scope);
    if (unknownFields === "reject" && options.body) {
      rejectUnknownFields([options.body], body);
      rejectQuery(request);
    }
    return body;
  };
  return {
    documentation: { ...documentation, access: "key" },
    bodyLimit,
    handler: (services) => async (request) => {
      const scope = await scopeFromApiKey(services, request.header("authorization"), request.header(CLIENT_ADDRESS));
      await admitRequest(scope);
      requireKeyScope(scope, documentation.needs);
      const claim = options.body && services.caches.of(bodyBudget).claim(scope.environment.pk);
      try {
        const response = await handle({
          scope,
          // Without a schema, the output type is undefined and so is the value.
          body: (options.body && claim && parse(options.body, await readBody(request, claim, scope))) as z.output<Body>,
          query: (options.query && parse(options.query, readQuery(options.query, request))) as z.output<Query>,
          method: request.method,
          param: request.param,
          header: request.header,
        });
        return jsonReply(documentation.status, response, HEADERS);
      } finally {
        claim?.release();
      }
    },
  };
}

/**
 * Returns the query.
 * @throws DomainError for what would be ignored but could be meant as a filter: unknown parameters, and a body
 */
function readQuery(schema: z.ZodType, request: ApiRequest): Record<string, string[]> {
  const query = queryOf(request);
  rejectUnknownFields([schema], query);
  const hasBody = Number(request.header("content-length")) > EMPTY_BODY || request.header("transfer-encoding") !== null;
  if (!hasBody) return query;
  throw new DomainError(
    "invalid_request",
    "A GET request can't have a body here. Send its fields as parameters of the query.",
  );
}

/** @throws DomainError `invalid_input` if a request whose filters belong into its body has a query */
function rejectQuery(request: ApiRequest): void {
  const names = Object.keys(queryOf(request));
  const message = "is not read from the query; send it in the body";
  if (names.length > 0)
    throw invalidInput(
      names.map((field) => ({ code: "unknown_field", field: field.slice(0, MAX_NAME_LENGTH), message })),
    );
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
