import { buffer } from "node:stream/consumers";
import { DomainError } from "@/server/kernel/errors";
import type { S3 } from "./s3-client";
import { putInParts } from "./s3-multipart";
import { openObject, putObject } from "./s3-objects";

/** S3 takes no smaller part but the last. */
const LEAST = 5 << 20;
/** Parts that are put together at a time; of each, less than three times `LEAST` is in memory. */
const AT_ONCE = 4;

interface Source {
  readonly key: string;
  readonly bytes: number;
}

interface Range {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/** One part of the whole: either copied within the store, or gathered through this process. */
type Piece = { readonly copied: Range } | { readonly gathered: readonly Range[] };

/**
 * Joins objects in their order into one. Large ones are copied by the store itself; only what is too small for that, and
 * as much of its neighbour as makes it large enough, goes through memory. Nothing more is begun once `signal` is aborted.
 */
export async function joinObjects(
  s3: S3,
  sources: readonly Source[],
  key: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const pieces = planOf(sources);
  const [only] = pieces;
  if (only === undefined) return void (await putObject(s3, key, new Uint8Array()));
  if (pieces.length === 1 && "gathered" in only)
    return void (await putObject(s3, key, await gather(s3, only.gathered)));
  await putInParts(s3, key, async (upload) => {
    for (let start = 0; start < pieces.length; start += AT_ONCE) {
      signal?.throwIfAborted();
      await Promise.all(
        pieces.slice(start, start + AT_ONCE).map(async (piece, index) => {
          const number = start + index + 1;
          if ("gathered" in piece) return upload.put(number, await gather(s3, piece.gathered));
          return upload.copy(number, piece.copied.key, piece.copied.from, piece.copied.to);
        }),
      );
    }
  });
}

export function planOf(sources: readonly Source[]): Piece[] {
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
      const wanted = LEAST - heldBytes;
      // What would be left must itself be large enough to be copied.
      from = bytes - wanted >= LEAST ? wanted : bytes;
      hold(key, 0, from);
      if (heldBytes >= LEAST) {
        pieces.push({ gathered: held });
        [held, heldBytes] = [[], 0];
      }
    }
    if (bytes - from >= LEAST) pieces.push({ copied: { key, from, to: bytes } });
    else hold(key, from, bytes);
  }
  if (heldBytes > 0) pieces.push({ gathered: held });
  return pieces;
}

async function gather(s3: S3, ranges: readonly Range[]): Promise<Uint8Array> {
  const texts: Uint8Array[] = [];
  for (const { key, from, to } of ranges) {
    const text = await buffer((await openObject(s3, key, { from, to })).body);
    if (text.byteLength !== to - from) throw new DomainError("unexpected", "The file store answered too few bytes.");
    texts.push(text);
  }
  return Buffer.concat(texts);
}
