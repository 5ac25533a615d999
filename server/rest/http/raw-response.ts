import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { JSON_TYPE } from "./reply";
import { securityHeaders } from "./security-headers";

/** Returns the bytes of a JSON error for a connection that has no request to respond to, and that closes afterwards. */
export function rawResponse(publicUrl: string, { status, message, headers = {}, isHead = false }: RawError): string {
  const body = JSON.stringify({ message });
  const fields = {
    "content-type": JSON_TYPE,
    "content-length": String(Buffer.byteLength(body)),
    "x-request-id": randomUUID(),
    ...securityHeaders(publicUrl),
    ...headers,
    connection: "close",
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return `${[`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines].join("\r\n")}\r\n\r\n${isHead ? "" : body}`;
}

interface RawError {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Leaves out the body. */
  readonly isHead?: boolean;
}
