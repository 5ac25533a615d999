import { finished, PassThrough, type Readable } from "node:stream";
import { notFound } from "@/server/kernel/errors";
import type { ByteRange } from "@/server/kernel/ports/blob-store";
import { callS3, type S3 } from "./s3-client";
import { isMissing, explainS3Error } from "./s3-failures";

/** An object in a listing, with the ETag without its quotes. */
export interface Listed {
  readonly key: string;
  readonly bytes: number;
  readonly etag: string;
}

export const unquoted = (etag: string | undefined): string => (etag ?? "").replaceAll('"', "");

/** Lists every object whose key begins with `prefix`, in order. */
export async function listObjects(s3: S3, prefix: string): Promise<Listed[]> {
  const found: Listed[] = [];
  for (let token: string | undefined; ;) {
    const continued = token === undefined ? {} : { ContinuationToken: token };
    const page = await callS3(s3, ({ sdk, client, bucket }) =>
      client.send(new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...continued })),
    );
    for (const each of page.Contents ?? [])
      found.push({ key: each.Key ?? "", bytes: each.Size ?? 0, etag: unquoted(each.ETag) });
    token = page.NextContinuationToken;
    if (token === undefined) return found;
  }
}

/** Returns the size of an object, or null if it does not exist. */
export async function sizeOf(s3: S3, key: string): Promise<number | null> {
  return callS3(s3, ({ sdk, client, bucket }) =>
    client
      .send(new sdk.HeadObjectCommand({ Bucket: bucket, Key: key }))
      .then((response) => response.ContentLength ?? 0)
      .catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      }),
  );
}

/** @returns the ETag */
export async function putObject(s3: S3, key: string, body: Uint8Array): Promise<string> {
  const response = await callS3(s3, ({ sdk, client, bucket, encryption }) =>
    client.send(new sdk.PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...encryption })),
  );
  return unquoted(response.ETag);
}

/**
 * Opens an object, or its bytes from `from` up to but not including `to`. A lost connection fails with a clear message.
 * @throws DomainError `not_found`
 */
export async function openObject(s3: S3, key: string, range?: ByteRange): Promise<{ bytes: number; body: Readable }> {
  const ranged = range && { Range: `bytes=${range.from}-${range.to - 1}` };
  const response = await callS3(s3, ({ sdk, client, bucket }) =>
    client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key, ...ranged })).catch((error: unknown) => {
      throw isMissing(error) ? notFound("File", key) : error;
    }),
  );
  // In Node the SDK's body is a Node stream; its type also covers browsers.
  const source = response.Body as Readable;
  return { bytes: response.ContentLength ?? 0, body: withExplainedErrors(source) };
}

/** Returns a stream of the same bytes. Destroying it closes the connection at once, even to an unresponsive store. */
function withExplainedErrors(source: Readable): Readable {
  const body = new PassThrough();
  finished(source, (error) => {
    // explainS3Error returns an Error for an Error, which its type does not say.
    if (error) body.destroy(explainS3Error(error) as Error);
  });
  body.once("close", () => source.destroy());
  return source.pipe(body);
}

export async function deleteObject(s3: S3, key: string): Promise<void> {
  await callS3(s3, ({ sdk, client, bucket }) => client.send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key: key })));
}
