import type { IncomingMessage, ServerResponse } from "node:http";
import { BODY_TIMEOUT } from "@/server/kernel/timeouts";

/** Milliseconds after the response for which the server receives the rest of a body that is too long. */
const GRACE = 500;

/**
 * Closes the connection soon after the response if the rest of the body is too long or has no announced length. Otherwise
 * Node receives the rest within the time that a body may take, so that the client can use the connection again.
 */
export function limitUnreadBody(incoming: IncomingMessage, outgoing: ServerResponse, limit: number): void {
  const isShort = Number(incoming.headers["content-length"]) <= limit;
  const close = () => void (incoming.complete || incoming.socket.destroySoon());
  outgoing.once("finish", () => setTimeout(close, isShort ? BODY_TIMEOUT : GRACE).unref());
}
