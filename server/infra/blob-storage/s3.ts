import { randomBytes } from "node:crypto";
import { DomainError } from "@/server/kernel/errors";
import type { BlobStore, StoredPart } from "@/server/kernel/ports/blob-store";
import { isUploadName, safeKey, safeUpload } from "./blob-names";
import { s3Opener, type S3, type S3Access } from "./s3-client";
import { joinObjects } from "./s3-join";
import { abortMultiparts, putStream } from "./s3-multipart";
import { deleteObject, type Listed, listObjects, openObject, putObject, sizeOf } from "./s3-objects";
import type { S3Settings } from "./s3-settings";

/** What says that an upload has been begun and neither completed nor aborted. */
const MARK = "begun";
/** Milliseconds for which the store is believed to be writable: whoever asks often must not pay for each write. */
const BELIEVED = 30_000;

/**
 * Objects below the prefix of a bucket: finished files in `files/`, parts in `uploads/<key>/<upload>/`. A part is an
 * object of its own, since S3's own parts cannot be smaller than 5 MiB; they are joined within the store.
 */
export function s3BlobStore(settings: S3Settings, access: S3Access = {}): BlobStore {
  const opened = s3Opener(settings, access);
  const fileOf = (key: string) => `${settings.prefix}files/${safeKey(key)}`;
  const uploadsOf = (key: string) => `${settings.prefix}uploads/${safeKey(key)}/`;
  const uploadOf = (key: string, uploadId: string) => `${uploadsOf(key)}${safeUpload(uploadId)}/`;
  let believedUntil = 0;

  async function dropUploads(s3: S3, key: string): Promise<void> {
    const uploads = uploadsOf(key);
    const begun = (await listObjects(s3, uploads)).filter((found) => found.key.endsWith(`/${MARK}`));
    // From here on nothing is added, and what was being added is dropped by whoever adds it.
    for (const mark of begun) await deleteObject(s3, mark.key);
    const left = await listObjects(s3, uploads);
    // Not every store answers a prefix: MinIO knows of multipart uploads by the exact name alone.
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
        if (name === MARK && isUploadName(uploadId)) return uploadId;
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
          throw new DomainError("unexpected", `Part ${part.number} of the upload is not as it was stored.`);
        });
        await joinObjects(s3, sources, fileOf(key), signal);
      } else if ((await sizeOf(s3, fileOf(key))) !== bytesOf(parts)) {
        throw new DomainError("conflict", "The upload was aborted.");
      }
      await dropUploads(s3, key);
    },

    async abort(key) {
      await dropUploads(await opened(), key);
    },

    async read(key) {
      return openObject(await opened(), fileOf(key));
    },

    async address(key, { fileName, contentType }, seconds) {
      if (settings.downloads === "stream") return null;
      const { sdk, client, bucket } = await opened();
      const { getSignedUrl } = await import("@aws-sdk/s3-request-presigner");
      const command = new sdk.GetObjectCommand({
        Bucket: bucket,
        Key: fileOf(key),
        ResponseContentDisposition: `attachment; filename="${fileName}"`,
        ResponseContentType: contentType,
        ResponseCacheControl: "private, no-store",
      });
      return getSignedUrl(client, command, { expiresIn: seconds });
    },

    async delete(key) {
      await deleteObject(await opened(), fileOf(key));
    },

    async check() {
      if (performance.now() < believedUntil) return;
      const s3 = await opened();
      const probe = `${settings.prefix}check-${randomBytes(6).toString("hex")}`;
      await putObject(s3, probe, new Uint8Array());
      await deleteObject(s3, probe);
      believedUntil = performance.now() + BELIEVED;
    },
  };
}

/** The parts in the middle of which a process may have been killed, by an object of theirs: itself, and the next. */
function partsAt({ key }: Listed): string[] {
  if (key.endsWith(`/${MARK}`)) return [`${key.slice(0, -MARK.length)}part-1`];
  return [key, key.replace(/\d+$/, (number) => String(Number(number) + 1))];
}

function bytesOf(parts: readonly StoredPart[]): number {
  return parts.reduce((sum, part) => sum + part.bytes, 0);
}
