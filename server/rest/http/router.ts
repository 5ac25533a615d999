import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import type { Handler, Method, Operation, Route } from "./operation";
import { BODY_LIMIT } from "./read-body";

/** The operation for a request's method and path. */
export interface Match {
  /** The route's path; `unknown` for OPTIONS. */
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
  readonly bodyLimit: number;
  readonly handle: Handler;
}

interface Entry {
  readonly segments: readonly string[];
  readonly matches: ReadonlyMap<string, Omit<Match, "params">>;
  /** The value of the `Allow` header. */
  readonly allow: string;
}

const NO_PARAMS = {};

/**
 * Prepares every handler and returns a function that finds the one for a request. If two routes fit a path, the first one
 * of the table wins. Except for parameters, case does not matter: some SDKs send `/Organizations/{id}`.
 * @throws DomainError (the returned function) `not_found` or `method_not_allowed`
 */
export function createRouter(routes: readonly Route[], services: Services): (method: string, path: string) => Match {
  const entries = routes.map((route) => entryOf(route, services));
  // Most requests are for paths without parameters, above all those that create events.
  const exact = new Map(routes.map(({ path }, index) => [path, entries[index]]));
  return (method, path) => {
    const entry = exact.get(path);
    if (entry) return { ...matchOf(entry, method), params: NO_PARAMS };
    const segments = path.split("/").map(decoded);
    for (const each of entries) {
      const params = paramsOf(each.segments, segments);
      if (params) return { ...matchOf(each, method), params };
    }
    throw new DomainError("not_found", `Cannot ${method} ${path}: there is no such route.`);
  };
}

/**
 * Returns a function that tests whether a path belongs to the API, even if no route fits it: its first segment must be
 * that of a route. `/api` and `/portal` also have other endpoints and pages, so their second segment counts, too.
 */
export function createPathTest(routes: readonly Route[]): (path: string) => boolean {
  const prefixOf = (path: string) => {
    const [, first, second] = path.toLowerCase().split("/", 3);
    return first === "api" || first === "portal" ? `${first}/${second}` : first;
  };
  const prefixes = new Set(routes.map(({ path }) => prefixOf(path)));
  return (path) => path.startsWith("/") && prefixes.has(prefixOf(path));
}

function entryOf({ path, operations }: Route, services: Services): Entry {
  const methods = Object.keys(operations) as Method[];
  const allow = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  const matches = Object.entries(operations).map(
    ([method, { handler, bodyLimit = BODY_LIMIT }]: [string, Operation]) => {
      return [method, { route: path, bodyLimit, handle: handler(services) }] as const;
    },
  );
  const options: Omit<Match, "params"> = {
    route: "unknown",
    bodyLimit: BODY_LIMIT,
    handle: () => Promise.resolve({ status: 204, headers: { allow }, body: null }),
  };
  return { segments: path.split("/"), matches: new Map([...matches, ["OPTIONS", options]]), allow };
}

function matchOf({ matches, allow }: Entry, method: string): Omit<Match, "params"> {
  const match = matches.get(method === "HEAD" ? "GET" : method);
  if (match) return match;
  throw new DomainError("method_not_allowed", `${method} is not allowed here; use ${allow}.`, { headers: { allow } });
}

/** Returns the path's parameters, or null if the route does not fit the path. */
function paramsOf(route: readonly string[], path: readonly string[]): Record<string, string> | null {
  if (route.length !== path.length) return null;
  const params: Record<string, string> = {};
  for (const [index, pattern] of route.entries()) {
    const value = path[index] ?? "";
    if (pattern.startsWith("{")) {
      // PostgreSQL cannot store U+0000, so no ID or name contains it.
      if (value === "" || value.includes("\u0000")) return null;
      params[pattern.slice(1, -1)] = value;
    } else if (pattern !== value && pattern !== value.toLowerCase()) {
      return null;
    }
  }
  return params;
}

/** Decodes percent-encoded UTF-8; bytes that are not UTF-8 stay as they are. */
function decoded(segment: string): string {
  return segment.replaceAll(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
