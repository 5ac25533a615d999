import { DomainError } from "@/server/errors";

/** The largest request body, in bytes. */
export const BODY_LIMIT = 1_000_000;

/**
 * The request's JSON body.
 * @throws DomainError `too_large` past the limit, however the length was announced; `invalid_request` when it is not JSON
 */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readLimited(request);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError("invalid_request", "The request body is not valid UTF-8.", { wireCode: "invalid_json" });
  }
  try {
    return JSON.parse(text);
  } catch {
    const why =
      text.trim() === "" ? "The request body is empty; it must be JSON." : "The request body is not valid JSON.";
    throw new DomainError("invalid_request", why, { wireCode: "invalid_json" });
  }
}

async function readLimited(request: Request): Promise<Uint8Array> {
  const tooLarge = () =>
    new DomainError("too_large", `The request body is larger than ${BODY_LIMIT} bytes.`, {
      wireCode: "request_too_large",
    });
  if (Number(request.headers.get("content-length")) > BODY_LIMIT) throw tooLarge();
  const body = new Uint8Array(await limitedArrayBuffer(request, tooLarge));
  return body;
}

async function limitedArrayBuffer(request: Request, tooLarge: () => DomainError): Promise<ArrayBuffer> {
  // An announced length is held by the HTTP parser; only a chunked body has to be counted while it arrives.
  if (request.headers.has("content-length") || request.body === null) return request.arrayBuffer();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > BODY_LIMIT) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks)).buffer;
}
