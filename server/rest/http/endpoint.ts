import type { Context } from "hono";
import type { z } from "zod";
import { scopeFromApiKey } from "@/server/auth/api-key-scope";
import { admitRequest } from "@/server/domain/rate-limit/admit-request";
import { DomainError } from "@/server/kernel/errors";
import { parse } from "@/server/kernel/parse";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { json } from "./json";
import { readJson } from "./read-body";

/** What the API reference says of one method of one path; it is made from the same schemas that parse and type. */
export interface Documentation {
  /** A few words, without a full stop. */
  readonly summary: string;
  readonly description?: string;
  /** Whether an API key is needed, or the address alone opens it. */
  readonly access: "key" | "open";
  readonly status: 200 | 201 | 202;
  readonly body?: z.ZodType;
  /** A body that is accepted as it stands, but for the ids. */
  readonly example?: unknown;
  readonly query?: z.ZodType;
  /** What is answered: a schema for JSON, or the media type of anything else. */
  readonly answer: z.ZodType | string;
}

/** What an endpoint reads of a request; a web-standard one has it. */
export interface ApiRequest {
  readonly headers: Pick<Headers, "get" | "has">;
  readonly url: string;
  readonly body: AsyncIterable<Uint8Array> | null;
  readonly arrayBuffer: () => Promise<ArrayBuffer | Uint8Array>;
}

/** Answers a request with what becomes JSON; `param` gives a part of its path. Throws every failure. */
type Answerer = (request: ApiRequest, param: (name: string) => string) => Promise<unknown>;

/** One method of one path. */
export interface Operation {
  readonly documentation: Documentation;
  readonly handler: (services: Services) => (context: Context) => Response | Promise<Response>;
}

/** An operation that answers in JSON, whichever way the request came. */
export interface Endpoint extends Operation {
  readonly answerer: (services: Services) => Answerer;
}

/** What an endpoint's handler is given: everything read and checked. */
interface EndpointInput<Body, Query> {
  readonly scope: EnvironmentScope;
  readonly body: Body;
  readonly query: Query;
  /** A part of the path by its name, decoded. */
  readonly param: (name: string) => string;
  readonly header: (name: string) => string | null;
}

interface EndpointShape<Body extends z.ZodType, Query extends z.ZodType, Answer extends z.ZodType> extends Omit<
  Documentation,
  "access"
> {
  readonly body?: Body;
  readonly query?: Query;
  readonly answer: Answer;
  /** How the body is read; as JSON where nothing else is said. */
  readonly read?: (request: ApiRequest) => Promise<unknown>;
}

/** Beside the status of an answer in JSON. */
export const ANSWER_HEADERS = { "cache-control": "private, no-store" };

/**
 * A REST endpoint: the key becomes a scope, the input is parsed, what the handler answers becomes JSON. Failures are
 * thrown, and become JSON by `errors.ts` where the request came in: `api.ts`, or `sent-events.ts` for those that send events.
 */
export function endpoint<
  Answer extends z.ZodType,
  Body extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
>(
  { read = readJson, ...shape }: EndpointShape<Body, Query, Answer>,
  handle: (input: EndpointInput<z.output<Body>, z.output<Query>>) => Promise<z.input<Answer>>,
): Endpoint {
  return endpointOf({ ...shape, access: "key" }, (services) => async (request, param) => {
    const scope = await scopeFromApiKey(services, request.headers.get("authorization"));
    await admitRequest(scope);
    return handle({
      scope,
      // Without a schema the output type is undefined, as the value is.
      body: (shape.body && parse(shape.body, await read(request))) as z.output<Body>,
      query: (shape.query && parse(shape.query, queryOf(request))) as z.output<Query>,
      param,
      header: (name) => request.headers.get(name),
    });
  });
}

/** The endpoint that answers so. */
export function endpointOf(documentation: Documentation, answerer: (services: Services) => Answerer): Endpoint {
  return {
    documentation,
    answerer,
    handler: (services) => {
      const answer = answerer(services);
      return async (context) => {
        const body = await answer(context.req.raw, (name) => pathPart(context, name));
        return json(documentation.status, body, ANSWER_HEADERS);
      };
    },
  };
}

/** @throws DomainError `not_found` for a text that nothing stored can be called by */
function pathPart(context: Context, name: string): string {
  const value = context.req.param(name) ?? "";
  if (value.includes("\u0000")) throw new DomainError("not_found", `Nothing is found at ${context.req.path}.`);
  return value;
}

/** Each name with its values in order; `name[]` and `name[0]` are spellings of `name`. */
function queryOf(request: ApiRequest): Record<string, string[]> {
  const query = new Map<string, string[]>();
  for (const [key, value] of new URL(request.url).searchParams) {
    const name = key.replace(/\[\d*\]$/, "");
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  return Object.fromEntries(query);
}
