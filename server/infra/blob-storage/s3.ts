import { randomBytes } from "node:crypto";
import { attachment } from "@/server/kernel/content-disposition";
import { DomainError } from "@/server/kernel/errors";
import type { BlobStore, StoredPart } from "@/server/kernel/ports/blob-store";
import { isUploadId, safeKey, safeUpload } from "./blob-names";
import { lazyS3, type S3, type S3Access } from "./s3-client";
import { joinObjects } from "./s3-join";
import { abortMultiparts, putStream } from "./s3-multipart";
import { deleteObject, type Listed, listObjects, openObject, putObject, sizeOf } from "./s3-objects";
import type { S3Settings } from "./s3-settings";

/** The name of an object that exists while an upload is neither completed nor aborted. */
const MARK = "begun";
/** Milliseconds for which a successful check is cached, because every write is billed. */
const CHECK_TTL = 30_000;

/**
 * Stores blobs below the prefix of a bucket: finished files in `files/`, parts in `uploads/<key>/<upload>/`. Each part is
 * an object, because S3's own parts cannot be smaller than 5 MiB; the store joins them.
 */
export function s3BlobStore(settings: S3Settings, access: S3Access = {}): BlobStore {
  const opened = lazyS3(settings, access);
  const fileOf = (key: string) => `${settings.prefix}files/${safeKey(key)}`;
  const uploadsOf = (key: string) => `${settings.prefix}uploads/${safeKey(key)}/`;
  const uploadOf = (key: string, uploadId: string) => `${uploadsOf(key)}${safeUpload(uploadId)}/`;
  let checkedUntil = 0;

  async function deleteUploads(s3: S3, key: string): Promise<void> {
    const uploads = uploadsOf(key);
    const begun = (await listObjects(s3, uploads)).filter((found) => found.key.endsWith(`/${MARK}`));
    // From here on no part can be added, and a writer that is adding one deletes it.
    for (const mark of begun) await deleteObject(s3, mark.key);
    const left = await listObjects(s3, uploads);
    // Not every store lists multipart uploads by prefix: MinIO needs the exact key.
    const written = new Set([...begun, ...left].flatMap(partsAt));
    for (const part of written) await abortMultiparts(s3, part);
    await abortMultiparts(s3, uploads);
    for (const part of left) await deleteObject(s3, part.key);
    await abortMultiparts(s3, fileOf(key));
  }

  return {
    async begin(key) {
      const uploads = uploadsOf(key);
      const s3 = await opened();
      for (const found of await listObjects(s3, uploads)) {
        const [uploadId = "", name] = found.key.slice(uploads.length).split("/");
        if (name === MARK && isUploadId(uploadId)) return uploadId;
      }
      const uploadId = randomBytes(16).toString("hex");
      await putObject(s3, uploadOf(key, uploadId) + MARK, new Uint8Array());
      return uploadId;
    },

    async putPart(key, uploadId, number, body) {
      const upload = uploadOf(key, uploadId);
      const s3 = await opened();
      const begun = async () => (await sizeOf(s3, upload + MARK)) !== null;
      if (!(await begun())) throw new DomainError("conflict", "The upload was completed or aborted.");
      const stored = await putStream(s3, `${upload}part-${number}`, body);
      if (await begun()) return { number, ...stored };
      await deleteObject(s3, `${upload}part-${number}`);
      throw new DomainError("conflict", "The upload was completed or aborted.");
    },

    async complete(key, uploadId, parts, signal) {
      const upload = uploadOf(key, uploadId);
      const s3 = await opened();
      const stored = new Map((await listObjects(s3, upload)).map((each) => [each.key, each]));
      if (stored.has(upload + MARK)) {
        const sources = parts.map((part) => {
          const found = stored.get(`${upload}part-${part.number}`);
          if (found?.bytes === part.bytes && found.etag === part.etag) return found;
          throw new DomainError("unexpected", `Part ${part.number} of the upload has changed since it was stored.`);
        });
        await joinObjects(s3, sources, fileOf(key), signal);
      } else if ((await sizeOf(s3, fileOf(key))) !== bytesOf(parts)) {
        throw new DomainError("conflict", "The upload was aborted.");
      }
      await deleteUploads(s3, key);
    },

    async abort(key) {
      await deleteUploads(await opened(), key);
    },

    async read(key, range) {
      return openObject(await opened(), fileOf(key), range);
    },

    async address(key, { fileName, contentType }, seconds) {
      if (settings.downloads === "stream") return null;
      const { sdk, client, bucket } = await opened();
      const { getSignedUrl } = await import("@aws-sdk/s3-request-presigner");
      const command = new sdk.GetObjectCommand({
        Bucket: bucket,
        Key: fileOf(key),
        ResponseContentDisposition: attachment(fileName),
        ResponseContentType: contentType,
        ResponseCacheControl: "private, no-store",
      });
      return getSignedUrl(client, command, { expiresIn: seconds });
    },

    async delete(key) {
      await deleteObject(await opened(), fileOf(key));
    },

    async check() {
      if (performance.now() < checkedUntil) return;
      const s3 = await opened();
      const probe = `${settings.prefix}check-${randomBytes(6).toString("hex")}`;
      await putObject(s3, probe, new Uint8Array());
      await deleteObject(s3, probe);
      checkedUntil = performance.now() + CHECK_TTL;
    },
  };
}

/** Returns the keys of the parts that a process may have crashed in, given a stored object: its own part and the next. */
function partsAt({ key }: Listed): string[] {
  if (key.endsWith(`/${MARK}`)) return [`${key.slice(0, -MARK.length)}part-1`];
  return [key, key.replace(/\d+$/, (number) => String(Number(number) + 1))];
}

function bytesOf(parts: readonly StoredPart[]): number {
  return parts.reduce((sum, part) => sum + part.bytes, 0);
}
