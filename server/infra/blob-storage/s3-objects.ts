import { finished, PassThrough, type Readable } from "node:stream";
import { notFound } from "@/server/kernel/errors";
import { ask, type S3 } from "./s3-client";
import { isMissing, plainly } from "./s3-failures";

/** An object as a listing shows it; without the quotes around the ETag. */
export interface Listed {
  readonly key: string;
  readonly bytes: number;
  readonly etag: string;
}

export const bare = (etag: string | undefined): string => (etag ?? "").replaceAll('"', "");

/** Every object whose key begins with `prefix`, in their order. */
export async function listObjects(s3: S3, prefix: string): Promise<Listed[]> {
  const found: Listed[] = [];
  for (let token: string | undefined; ;) {
    const continued = token === undefined ? {} : { ContinuationToken: token };
    const page = await ask(s3, ({ sdk, client, bucket }) =>
      client.send(new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...continued })),
    );
    for (const each of page.Contents ?? [])
      found.push({ key: each.Key ?? "", bytes: each.Size ?? 0, etag: bare(each.ETag) });
    token = page.NextContinuationToken;
    if (token === undefined) return found;
  }
}

/** Its size, or null where there is none. */
export async function sizeOf(s3: S3, key: string): Promise<number | null> {
  return ask(s3, ({ sdk, client, bucket }) =>
    client
      .send(new sdk.HeadObjectCommand({ Bucket: bucket, Key: key }))
      .then((answer) => answer.ContentLength ?? 0)
      .catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      }),
  );
}

/** Answers the ETag. */
export async function putObject(s3: S3, key: string, body: Uint8Array): Promise<string> {
  const answer = await ask(s3, ({ sdk, client, bucket, encryption }) =>
    client.send(new sdk.PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...encryption })),
  );
  return bare(answer.ETag);
}

/**
 * The object, or the bytes `from` to `to` (without the last) of it. A body that breaks off fails in words.
 * @throws DomainError `not_found`
 */
export async function openObject(
  s3: S3,
  key: string,
  range?: { readonly from: number; readonly to: number },
): Promise<{ bytes: number; body: Readable }> {
  const ranged = range && { Range: `bytes=${range.from}-${range.to - 1}` };
  const answer = await ask(s3, ({ sdk, client, bucket }) =>
    client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key, ...ranged })).catch((error: unknown) => {
      throw isMissing(error) ? notFound("File", key) : error;
    }),
  );
  // In Node the SDK's body is a stream of Node; its type allows for browsers.
  const source = answer.Body as Readable;
  return { bytes: answer.ContentLength ?? 0, body: inWords(source) };
}

/** The same bytes. Destroying it ends the connection at once, also where the store has fallen silent. */
function inWords(source: Readable): Readable {
  const body = new PassThrough();
  finished(source, (error) => {
    // The failures of a stream are errors, and what they become is one.
    if (error) body.destroy(plainly(error) as Error);
  });
  body.once("close", () => source.destroy());
  return source.pipe(body);
}

export async function deleteObject(s3: S3, key: string): Promise<void> {
  await ask(s3, ({ sdk, client, bucket }) => client.send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key: key })));
}
