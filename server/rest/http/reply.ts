import type { ServerResponse } from "node:http";
import { Readable, pipeline } from "node:stream";
import type { Services } from "@/server/kernel/services";
import { addSecurityHeaders } from "./security-headers";

export const JSON_TYPE = "application/json; charset=utf-8";

/** A response. Its headers have lower-case names and include `content-length` unless the body is a string. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable | null;
}

/** Creates a JSON reply with exactly the content type that WorkOS sends. */
export function jsonReply(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { "content-type": JSON_TYPE, ...headers }, body: JSON.stringify(body) };
}

/** Writes a reply. Node leaves out the body if the request's method is HEAD. */
export function sendReply(
  { status, headers, body }: Reply,
  requestId: string,
  outgoing: ServerResponse,
  { config, log }: Pick<Services, "config" | "log">,
) {
  const head: Record<string, string | number> = { ...headers, "x-request-id": requestId };
  addSecurityHeaders(head, config.publicUrl);
  if (typeof body === "string") {
    head["content-length"] = Buffer.byteLength(body);
    outgoing.writeHead(status, head);
    // A string leaves in the same packet as the head.
    outgoing.end(body);
    return;
  }
  outgoing.writeHead(status, head);
  if (!(body instanceof Readable)) return void outgoing.end(body);
  pipeline(body, outgoing, (error) => {
    const clientLeft = error?.code === "ERR_STREAM_PREMATURE_CLOSE";
    if (error && !clientLeft) log.error({ requestId, err: error }, "response body could not be read");
  });
}
