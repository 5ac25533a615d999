import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** Set by the web process on every request that pages and procedures see, whatever the request brought itself. */
const HEADER = "x-trailport-client-address";

/**
 * Notes where a request came from, for `clientAddress`. `X-Forwarded-For` is believed as far as there are proxies of
 * ours: anybody can send one, and each proxy appends the address that it was called from.
 */
export function noteClientAddress(request: IncomingMessage, trustedProxies: number): void {
  const hops = forwardedFor(request).slice(-trustedProxies);
  const believed = trustedProxies > 0 ? hops[0] : undefined;
  request.headers[HEADER] = network(believed ?? request.socket.remoteAddress ?? "");
}

/** Where the request came from: an IPv4 address or the first half of an IPv6 one, which is one customer's. */
export function clientAddress(headers: Headers): string {
  return headers.get(HEADER) ?? "unknown";
}

function forwardedFor(request: IncomingMessage): string[] {
  const header = request.headers["x-forwarded-for"] ?? "";
  return (typeof header === "string" ? header : header.join(","))
    .split(",")
    .map((hop) => hop.trim())
    .filter((hop) => hop !== "");
}

function network(text: string): string {
  const address = text
    .replace(/^\[(.*)\](?::\d+)?$/, "$1")
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1")
    .replace(/^::ffff:(?=\d+\.)/i, "")
    .replace(/%.*$/, "");
  if (isIP(address) !== 6) return isIP(address) === 4 ? address : "unknown";
  // The URL parser spells an address in its one canonical form.
  const [head = "", tail = ""] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const given = head === "" ? [] : head.split(":");
  const missing = 8 - given.length - (tail === "" ? 0 : tail.split(":").length);
  const groups = [...given, ...Array.from({ length: Math.max(0, missing) }, () => "0"), ...tail.split(":")];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
