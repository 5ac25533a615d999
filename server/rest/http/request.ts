import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** A request as endpoints see it. */
export interface ApiRequest {
  readonly method: string;
  /** The path without the query, as sent. */
  readonly path: string;
  readonly incoming: IncomingMessage;
  /** A path parameter, decoded; an empty string if the route has no such parameter. */
  param(name: string): string;
  query(): URLSearchParams;
  /** A header by its lower-case name. */
  header(name: string): string | null;
}

/** Wraps Node's request. Does not read its body. */
export function apiRequest(
  incoming: IncomingMessage,
  path: string,
  params: Readonly<Record<string, string>>,
): ApiRequest {
  return {
    method: incoming.method ?? "",
    path,
    incoming,
    param: (name) => params[name] ?? "",
    query: () => new URLSearchParams((incoming.url ?? "").slice(path.length)),
    header: (name) => headerOf(incoming.headers, name),
  };
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | null {
  return headers[name]?.toString() ?? null;
}
