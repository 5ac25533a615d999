import type { Context } from "hono";
import type { z } from "zod";
import { scopeFromApiKey } from "@/server/auth/api-key-scope";
import type { EnvironmentScope, Services } from "@/server/services";
import { invalidInput } from "./errors";
import { readJson } from "./read-body";

/** What an endpoint's handler is given: everything read and checked. */
export interface EndpointInput<Body, Query> {
  readonly scope: EnvironmentScope;
  readonly body: Body;
  readonly query: Query;
  /** A part of the path by its name, decoded. */
  readonly param: (name: string) => string;
  readonly header: (name: string) => string | null;
}

interface EndpointShape<Body extends z.ZodType, Query extends z.ZodType> {
  readonly status: 200 | 201 | 202;
  readonly body?: Body;
  readonly query?: Query;
  /** How the body is read; as JSON where nothing else is said. */
  readonly read?: (request: Request) => Promise<unknown>;
}

export type Endpoint = (services: Services) => (context: Context) => Promise<Response>;

/**
 * A REST endpoint: the key becomes a scope, the input is parsed, what the handler answers becomes JSON. Failures are
 * thrown and become JSON in `api.ts`.
 */
export function endpoint<Body extends z.ZodType = z.ZodUndefined, Query extends z.ZodType = z.ZodUndefined>(
  shape: EndpointShape<Body, Query>,
  handle: (input: EndpointInput<z.output<Body>, z.output<Query>>) => Promise<object>,
): Endpoint {
  return (services) => async (context) => {
    const request = context.req.raw;
    const scope = await scopeFromApiKey(services, request.headers.get("authorization"));
    const answer = await handle({
      scope,
      // Without a schema the output type is undefined, as the value is.
      body: (shape.body && parse(shape.body, await (shape.read ?? readJson)(request))) as z.output<Body>,
      query: (shape.query && parse(shape.query, queryOf(request))) as z.output<Query>,
      param: (name) => context.req.param(name) ?? "",
      header: (name) => request.headers.get(name),
    });
    return Response.json(answer, { status: shape.status, headers: { "cache-control": "private, no-store" } });
  };
}

/** @throws DomainError `invalid_input` with every field that is wrong */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw invalidInput(result.error);
}

/** Each name with its values in order; `name[]` and `name[0]` are spellings of `name`. */
function queryOf(request: Request): Record<string, string[]> {
  const query = new Map<string, string[]>();
  for (const [key, value] of new URL(request.url).searchParams) {
    const name = key.replace(/\[\d*\]$/, "");
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  return Object.fromEntries(query);
}
