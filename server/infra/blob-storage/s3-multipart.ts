import type { CompletedPart } from "@aws-sdk/client-s3";
import { callS3, type S3 } from "./s3-client";
import { isMissing } from "./s3-failures";
import { unquoted, putObject } from "./s3-objects";

/** Bytes in memory per piece, above S3's minimum of 5 MiB. There are two while the next one is being filled. */
const PIECE = 8 << 20;

/** S3's own multipart upload of one object, which appears when the upload is completed. */
class Multipart {
  readonly #parts: CompletedPart[] = [];
  readonly #whole: { readonly Bucket: string; readonly Key: string; readonly UploadId: string };

  constructor(
    private readonly s3: S3,
    key: string,
    uploadId: string,
  ) {
    this.#whole = { Bucket: s3.bucket, Key: key, UploadId: uploadId };
  }

  async put(number: number, body: Uint8Array): Promise<void> {
    const { ETag } = await callS3(this.s3, ({ sdk, client }) =>
      client.send(new sdk.UploadPartCommand({ ...this.#whole, PartNumber: number, Body: body })),
    );
    this.#parts.push({ PartNumber: number, ETag });
  }

  /** Makes the store copy the bytes from `from` up to but not including `to` of another object. */
  async copy(number: number, key: string, from: number, to: number): Promise<void> {
    const CopySource = `${this.s3.bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
    const CopySourceRange = `bytes=${from}-${to - 1}`;
    const { CopyPartResult } = await callS3(this.s3, ({ sdk, client }) =>
      client.send(new sdk.UploadPartCopyCommand({ ...this.#whole, PartNumber: number, CopySource, CopySourceRange })),
    );
    this.#parts.push({ PartNumber: number, ETag: CopyPartResult?.ETag });
  }

  /** @returns the ETag */
  async complete(): Promise<string> {
    const Parts = this.#parts.toSorted((one, other) => (one.PartNumber ?? 0) - (other.PartNumber ?? 0));
    const response = await callS3(this.s3, ({ sdk, client }) =>
      client.send(new sdk.CompleteMultipartUploadCommand({ ...this.#whole, MultipartUpload: { Parts } })),
    );
    return unquoted(response.ETag);
  }

  async abort(): Promise<void> {
    await callS3(this.s3, ({ sdk, client }) =>
      client.send(new sdk.AbortMultipartUploadCommand(this.#whole)).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      }),
    );
  }
}

/**
 * Creates one object from parts of at least 5 MiB, except the last. Leaves nothing behind if `fill` fails.
 * @returns the ETag
 */
export async function putInParts(s3: S3, key: string, fill: (upload: Multipart) => Promise<void>): Promise<string> {
  const { UploadId = "" } = await callS3(s3, ({ sdk, client, bucket, encryption }) =>
    client.send(new sdk.CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ...encryption })),
  );
  const upload = new Multipart(s3, key, UploadId);
  try {
    await fill(upload);
    return await upload.complete();
  } catch (error) {
    // The first error is the one to report. If this fails, deleting the export's uploads aborts it.
    await upload.abort().catch(() => undefined);
    throw error;
  }
}

/** Aborts the uploads that crashed processes began for this key, or below it if it ends with a slash. */
export async function abortMultiparts(s3: S3, prefix: string): Promise<void> {
  const { Uploads = [] } = await callS3(s3, ({ sdk, client, bucket }) =>
    client.send(new sdk.ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix })),
  );
  for (const { Key = "", UploadId = "" } of Uploads)
    if (Key === prefix || (prefix.endsWith("/") && Key.startsWith(prefix)))
      await new Multipart(s3, Key, UploadId).abort();
}

interface Stored {
  readonly bytes: number;
  readonly etag: string;
}

/** Stores a body of any length with at most two pieces in memory, and ends the body whatever fails. */
export async function putStream(s3: S3, key: string, body: AsyncIterable<Uint8Array>): Promise<Stored> {
  const pieces = inPieces(body);
  try {
    return await putPieces(s3, key, pieces);
  } finally {
    // A body of rows that no one reads anymore would keep its database connection. The first error is the one to report.
    await pieces.return(undefined).catch(() => undefined);
  }
}

async function putPieces(s3: S3, key: string, pieces: AsyncGenerator<Uint8Array, undefined>): Promise<Stored> {
  const { value: first = new Uint8Array() } = await pieces.next();
  const { value: second } = await pieces.next();
  if (second === undefined) return { bytes: first.byteLength, etag: await putObject(s3, key, first) };
  let bytes = 0;
  const etag = await putInParts(s3, key, async (upload) => {
    let [number, sent] = [0, Promise.resolve()];
    const send = async (piece: Uint8Array) => {
      await sent;
      bytes += piece.byteLength;
      sent = upload.put((number += 1), piece);
      // The next await throws the error; until then it must not count as an unhandled rejection.
      sent.catch(() => undefined);
    };
    await send(first);
    await send(second);
    for await (const piece of pieces) await send(piece);
    await sent;
  });
  return { bytes, etag };
}

async function* inPieces(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  let chunks: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    held += chunk.byteLength;
    while (held >= PIECE) {
      const all = Buffer.concat(chunks);
      yield all.subarray(0, PIECE);
      chunks = [all.subarray(PIECE)];
      held -= PIECE;
    }
  }
  if (held > 0) yield Buffer.concat(chunks);
}
