import type { IncomingMessage } from "node:http";
import { isIP, type Socket } from "node:net";
import ipaddr from "ipaddr.js";

/** Set by the web process on every request; replaces any value that the client sent. */
export const CLIENT_ADDRESS = "x-trailport-client-address";

/**
 * Sets the header that `clientAddress` reads. `X-Forwarded-For` counts only as far as our own proxies wrote it: anyone
 * can send one, and each proxy appends the address that called it. Returns the address.
 */
export function setClientAddress(request: IncomingMessage, trustedProxies: number): string {
  const hops = forwardedFor(request).slice(-trustedProxies);
  const trusted = trustedProxies > 0 ? hops[0] : undefined;
  const address = trusted === undefined ? networkOf(request.socket) : toNetwork(trusted);
  request.headers[CLIENT_ADDRESS] = address;
  return address;
}

/** Returns the address of a connection's other end, in the form of `clientAddress`: a client's, or that of a proxy. */
export function networkOf({ remoteAddress = "" }: Pick<Socket, "remoteAddress">): string {
  return toNetwork(remoteAddress);
}

/** Returns the client's IPv4 address, or the /64 network of its IPv6 address, since one customer has all of it. */
export function clientAddress(headers: Headers): string {
  return headers.get(CLIENT_ADDRESS) ?? "unknown";
}

function forwardedFor(request: IncomingMessage): string[] {
  const header = request.headers["x-forwarded-for"] ?? "";
  return (typeof header === "string" ? header : header.join(","))
    .split(",")
    .map((hop) => hop.trim())
    .filter((hop) => hop !== "");
}

/** Some proxies append the port, with brackets around an IPv6 address. */
function withoutPort(hop: string): string {
  return hop.replace(/^\[(.*)\](?::\d+)?$/, "$1").replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1");
}

function toNetwork(hop: string): string {
  // Most are plain IPv4 addresses, and every request has one.
  if (isIP(hop) === 4) return hop;
  const text = withoutPort(hop);
  // ipaddr.js alone would also accept forms such as 127.1 or 0x7f.0.0.1.
  if (isIP(text) === 0 || !ipaddr.isValid(text)) return "unknown";
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const network = address.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(":")}::/64`;
}
