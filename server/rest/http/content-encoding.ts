import { createGunzip, createInflate, createInflateRaw } from "node:zlib";
import { DomainError } from "@/server/kernel/errors";
import { tooLarge } from "./body-errors";

export type ContentEncoding = "gzip" | "deflate";

/** Bytes that decompression takes in addition to its result: the window and one chunk. */
const WORKING_MEMORY = 100_000;
/** Bytes per chunk. A bomb is noticed one chunk after it exceeds the limit. */
const CHUNK = 65_536;

/**
 * Returns how a body is compressed, given its `Content-Encoding`; null if it isn't.
 * @throws DomainError `unsupported_media_type` for anything but gzip or deflate, once
 */
export function contentEncoding(header: string | undefined): ContentEncoding | null {
  if (header === undefined) return null;
  const names = header.split(",").map((name) => name.trim().toLowerCase());
  const [first, ...more] = names.filter((name) => name !== "" && name !== "identity");
  if (first === undefined) return null;
  if (more.length === 0 && (first === "gzip" || first === "x-gzip")) return "gzip";
  if (more.length === 0 && first === "deflate") return "deflate";
  throw new DomainError(
    "unsupported_media_type",
    `The Content-Encoding "${header.slice(0, 100)}" is not supported; use gzip, deflate or none.`,
    { headers: { "accept-encoding": "gzip, deflate" } },
  );
}

/**
 * Decompresses a body in the thread pool, up to `limit` bytes. `reserve` gets the bytes of memory that each piece takes.
 * @throws DomainError `invalid_request` if the bytes are not exactly one compressed body, `too_large` above the limit, and
 *   whatever `reserve` throws
 */
export async function decompress(
  bytes: Buffer,
  encoding: ContentEncoding,
  { limit, reserve }: { readonly limit: number; readonly reserve: (bytes: number) => void },
): Promise<Buffer> {
  reserve(WORKING_MEMORY);
  const stream = decompressor(bytes, encoding);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    stream.end(bytes);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw tooLarge(limit);
      reserve(chunk.length);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw notCompressed(encoding);
  }
  // What follows the compressed body would be lost without a word.
  if (stream.bytesWritten !== bytes.length) throw notCompressed(encoding);
  return Buffer.concat(chunks);
}

/** HTTP's "deflate" has zlib's header (RFC 9110, section 8.4.1.2), but some clients leave it out. */
function decompressor(bytes: Buffer, encoding: ContentEncoding) {
  const options = { chunkSize: CHUNK };
  if (encoding === "gzip") return createGunzip(options);
  const [method = 0, flags = 0] = bytes;
  const hasHeader = (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
  return hasHeader ? createInflate(options) : createInflateRaw(options);
}

function notCompressed(encoding: ContentEncoding): DomainError {
  return new DomainError(
    "invalid_request",
    `The request body is not valid ${encoding}, as its Content-Encoding says.`,
    {
      wireCode: "invalid_content_encoding",
    },
  );
}
