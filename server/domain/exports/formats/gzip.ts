import { pipeline } from "node:stream/promises";
import { constants, crc32, createDeflateRaw } from "node:zlib";

/** The text of the file before a part. */
interface TextBefore {
  readonly bytes: number;
  readonly crc32?: number;
}

/** No name, no time and an unknown system, so that the same text gives the same bytes everywhere (RFC 1952). */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
/** An empty last block of deflate (RFC 1951). */
const LAST_BLOCK = [0x03, 0x00];

/**
 * Compresses one part of a file. The parts joined in order are one gzip member, because several readers, such as a browser's
 * `DecompressionStream`, stop after the first. Each part ends at the boundary of a byte and refers to no text before it, so
 * it can be written without the others, and again. The same text gives the same bytes, however it is divided into chunks.
 */
export class GzipPart {
  /** The CRC-32 of the file's text so far. */
  crc32: number;
  #bytes: number;

  /** @param before null for the first part */
  constructor(private readonly before: TextBefore | null) {
    this.crc32 = before?.crc32 ?? 0;
    this.#bytes = before?.bytes ?? 0;
  }

  /** @param isLast called after the last chunk: whether the file ends with this part */
  async *compress(chunks: AsyncIterable<Uint8Array>, isLast: () => boolean): AsyncGenerator<Uint8Array> {
    const deflate = createDeflateRaw({ finishFlush: constants.Z_FULL_FLUSH });
    const written = pipeline(this.#counted(chunks), deflate);
    // If it fails, the loop below throws the same error.
    written.catch(() => undefined);
    try {
      if (this.before === null) yield HEADER;
      for await (const chunk of deflate as AsyncIterable<Uint8Array>) yield chunk;
      await written;
      if (isLast()) yield this.#end();
    } finally {
      // If the consumer stops early, this stops the reading of chunks.
      deflate.destroy();
    }
  }

  async *#counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.crc32 = crc32(chunk, this.crc32);
      this.#bytes += chunk.byteLength;
      yield chunk;
    }
  }

  #end(): Uint8Array {
    const end = Buffer.alloc(10);
    end.set(LAST_BLOCK);
    end.writeUInt32LE(this.crc32, 2);
    end.writeUInt32LE(this.#bytes % 2 ** 32, 6);
    return end;
  }
}
