import { buffer } from "node:stream/consumers";
import { DomainError } from "@/server/kernel/errors";
import type { S3 } from "./s3-client";
import { putInParts } from "./s3-multipart";
import { openObject, putObject } from "./s3-objects";

/** S3's minimum size of a part, except the last. */
const MIN_PART = 5 << 20;
/** How many pieces are created at the same time; each has less than three times `MIN_PART` in memory. */
const PARALLEL = 4;

interface Source {
  readonly key: string;
  readonly bytes: number;
}

interface Range {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/** One part of the joined object, copied within the store or gathered through this process. */
type Piece = { readonly copied: Range } | { readonly gathered: readonly Range[] };

/**
 * Joins objects in their order into one. The store itself copies large ones. Only objects below S3's minimum, with as much
 * of the next one as they need to reach it, go through memory. Starts nothing more once `signal` is aborted.
 */
export async function joinObjects(
  s3: S3,
  sources: readonly Source[],
  key: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const pieces = planPieces(sources);
  const [only] = pieces;
  if (only === undefined) return void (await putObject(s3, key, new Uint8Array()));
  if (pieces.length === 1 && "gathered" in only)
    return void (await putObject(s3, key, await gather(s3, only.gathered)));
  await putInParts(s3, key, async (upload) => {
    for (let start = 0; start < pieces.length; start += PARALLEL) {
      signal?.throwIfAborted();
      await Promise.all(
        pieces.slice(start, start + PARALLEL).map(async (piece, index) => {
          const number = start + index + 1;
          if ("gathered" in piece) return upload.put(number, await gather(s3, piece.gathered));
          return upload.copy(number, piece.copied.key, piece.copied.from, piece.copied.to);
        }),
      );
    }
  });
}

/** Divides the joined object into pieces that S3 accepts as parts. */
export function planPieces(sources: readonly Source[]): Piece[] {
  const pieces: Piece[] = [];
  let held: Range[] = [];
  let heldBytes = 0;
  const hold = (key: string, from: number, to: number) => {
    if (to === from) return;
    held.push({ key, from, to });
    heldBytes += to - from;
  };
  for (const { key, bytes } of sources) {
    let from = 0;
    if (heldBytes > 0) {
      const wanted = MIN_PART - heldBytes;
      // The rest of this object must be large enough to be copied, or all of it is gathered.
      from = bytes - wanted >= MIN_PART ? wanted : bytes;
      hold(key, 0, from);
      if (heldBytes >= MIN_PART) {
        pieces.push({ gathered: held });
        [held, heldBytes] = [[], 0];
      }
    }
    if (bytes - from >= MIN_PART) pieces.push({ copied: { key, from, to: bytes } });
    else hold(key, from, bytes);
  }
  if (heldBytes > 0) pieces.push({ gathered: held });
  return pieces;
}

async function gather(s3: S3, ranges: readonly Range[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (const { key, from, to } of ranges) {
    const chunk = await buffer((await openObject(s3, key, { from, to })).body);
    if (chunk.byteLength !== to - from) throw new DomainError("unexpected", "The file store sent too few bytes.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
