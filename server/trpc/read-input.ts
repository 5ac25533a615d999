import { DomainError } from "@/server/kernel/errors";
import { isOversizedJson, MAX_JSON_VALUES } from "@/server/kernel/json-size";
import type { Caller } from "./context";

/** The largest body of each kind of caller, in bytes. */
const LIMITS: Record<Caller["kind"], number> = {
  /** A link's token, a name and a password. */
  anonymous: 16_000,
  /** Filters with thousands of values. */
  portal: 256_000,
  /** Filters, schemas, events to validate, and logos. */
  staff: 1_000_000,
  api_key: 1_000_000,
};

/**
 * Reads the JSON of a request's calls; null if it has none. Call this once the caller is known: the limit depends on it.
 * Bodies of other media types are not read, because no procedure accepts one.
 * @throws DomainError `too_large` if the body has more bytes or values than the caller's calls need
 */
export async function readInput(request: Request, caller: Caller): Promise<string | null> {
  const isJson = /^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "");
  if (!isJson) return null;
  if (request.body === null) return noInput(request);
  const limit = LIMITS[caller.kind];
  if (Number(request.headers.get("content-length")) > limit) throw tooLarge(`${limit} bytes`);
  const text = await readText(request.body, limit);
  if (isOversizedJson(text)) throw tooLarge(`${MAX_JSON_VALUES} values, or is nested too deeply`);
  return text === "" ? noInput(request) : text;
}

/** Calls without a body have no input, but tRPC would parse the empty text as JSON. */
function noInput({ method }: Request): string | null {
  return method === "POST" ? "{}" : null;
}

async function readText(body: ReadableStream<Uint8Array>, limit: number): Promise<string> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    // The rest stays unread. Canceling would close the connection before the client has the response.
    if (size > limit) throw tooLarge(`${limit} bytes`);
    chunks.push(part.value);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function tooLarge(limit: string): DomainError {
  return new DomainError("too_large", `The request has more than ${limit}.`, { wireCode: "request_too_large" });
}
