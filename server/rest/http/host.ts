import type { IncomingMessage } from "node:http";

/**
 * Whether a request's Host header is as HTTP requires (RFC 9112, section 3.2). Only HTTP/1.1 requires one: load balancers
 * check health over HTTP/1.0 without it.
 */
export function hasValidHost({ headers: { host }, httpVersion }: IncomingMessage): boolean {
  if (host === undefined) return httpVersion !== "1.1";
  return /^(\[[\da-f:.]+\]|[^\s#/:<>?@[\\\]^|]*)(:\d*)?$/i.test(host);
}
