import { createHmac, timingSafeEqual } from "node:crypto";
import type { Readable } from "node:stream";
import type { AuditLogExport } from "@/schemas/exports/export";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { DomainError, notFound } from "@/server/kernel/errors";
import type { ByteRange, DownloadedFile } from "@/server/kernel/ports/blob-store";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { ServiceConfig, Services } from "@/server/kernel/services";
import { blobKey } from "./blob-key";
import { deletedFileMessage } from "./deleted-file";
import { type DownloadSlot, downloadSlots } from "./download-slots";
import { exportInclude, toExport } from "./export-row";
import { FILE_FORMATS } from "@/server/domain/exports/formats/file-format";
import { getExport } from "./read-exports";
import { DOWNLOAD_URL_LIFETIME } from "./schedule";

export interface Download {
  readonly fileName: string;
  readonly contentType: string;
  readonly rows: number;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
  /**
   * Opens the file, or a range of it. Releases the slot when the stream is closed; if this throws, the caller has to.
   * @throws DomainError `too_many` if the organization has too many downloads in progress; `gone` if the file is no longer
   * stored
   */
  open(slot: DownloadSlot, range?: ByteRange): Promise<Readable>;
  /** Returns the blob store's own URL of the file, valid as long as the download URL; null if the store has no URLs. */
  address(): Promise<string | null>;
}

interface DownloadUrl {
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * Creates a URL from which anyone can download the file for ten minutes. This is the recorded download: Trailport does not
 * know who uses the URL, or what the blob store serves. With `address`, the browser at this address opens the URL at once.
 * @throws DomainError `not_found`; `conflict` if there is no file yet, or none at all; `gone` if it has been deleted;
 * `too_many` or `unavailable` if that browser would be rejected because too many downloads are in progress
 */
export async function createDownloadUrl(
  scope: OrganizationScope,
  exportId: string,
  address?: string,
): Promise<DownloadUrl> {
  const found = await getExport(scope, exportId);
  if (found.state === "pending")
    throw new DomainError("conflict", "The file is still being written. Try again when the export is ready.");
  if (found.state === "error")
    throw new DomainError("conflict", "The export failed, so there is no file. Export again.");
  const deleted = deletedFileMessage(found);
  if (deleted !== null) throw new DomainError("gone", deleted);
  if (address !== undefined) await requireSlot(scope, found, address);
  await recordActivity(scope.db.prisma, scope, "export.downloaded", { exportId });
  return unrecordedDownloadUrl(scope, exportId);
}

/** Returns a URL that must not leave Trailport. A response to HEAD has the length of the one with this URL, but no body. */
export function unrecordedDownloadUrl({ config, now }: Services, exportId: string): DownloadUrl {
  const expires = Math.floor((now().getTime() + DOWNLOAD_URL_LIFETIME) / 1000);
  const url = new URL(`${config.publicUrl}/downloads/${exportId}`);
  url.searchParams.set("expires", String(expires));
  url.searchParams.set("signature", sign(config, exportId, String(expires)).toString("base64url"));
  return { url: url.href, expiresAt: new Date(expires * 1000) };
}

/**
 * Finds the file of a URL from `createDownloadUrl`.
 * @throws DomainError `forbidden` if the URL was changed, `gone` if it has expired or the file has been deleted,
 * `not_found` if the export or its organization no longer exists
 */
export async function findDownload(
  services: Services,
  request: { readonly exportId: string; readonly expires: string; readonly signature: string },
): Promise<Download> {
  const { exportId, expires } = request;
  const actual = Buffer.from(request.signature, "base64url");
  const expected = sign(services.config, exportId, expires);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    throw new DomainError(
      "forbidden",
      "This download URL is incomplete or was changed. Download the file again from the export.",
    );
  }
  const secondsLeft = Number(expires) - services.now().getTime() / 1000;
  if (secondsLeft <= 0) {
    throw new DomainError(
      "gone",
      "This download URL has expired after 10 minutes. Download the file again from the export.",
    );
  }
  const row = await services.db.prisma.auditLogExport.findUnique({
    // The files of a deleted organization are deleted in the background, and its URLs stop working before that.
    where: { id: exportId, state: "ready", organization: { deletedAt: null } },
    include: exportInclude,
  });
  if (!row) throw notFound("Audit Log Export", exportId);
  const found = toExport(services, row);
  const deleted = deletedFileMessage(found);
  if (deleted !== null) throw new DomainError("gone", deleted);
  const file = savedFile(found);
  const { rowsDone, bytes } = found.progress;
  return {
    ...file,
    rows: rowsDone,
    bytes,
    sha256: found.sha256 ?? "",
    open: async (slot, range) => {
      slot.countFor(row.organizationPk);
      return (await openFile(services, exportId, range)).once("close", slot.release);
    },
    address: () => services.blobs.address(blobKey(exportId), file, Math.ceil(secondsLeft)),
  };
}

/** The name and type under which a browser saves the file. */
function savedFile({ fileName, gzip, format }: Pick<AuditLogExport, "fileName" | "gzip" | "format">): DownloadedFile {
  return { fileName, contentType: gzip ? "application/gzip" : FILE_FORMATS[format].contentType };
}

/** @throws DomainError `too_many` or `unavailable` if this process would serve the file and has no slot for it */
async function requireSlot(scope: OrganizationScope, found: AuditLogExport, address: string): Promise<void> {
  const slots = scope.caches.of(downloadSlots);
  const problem = slots.problem({ address, exportId: found.id }, scope.organization.pk);
  if (problem && (await scope.blobs.address(blobKey(found.id), savedFile(found), 1)) === null) throw problem;
}

/** Opens the file, which may have been deleted since the row was read, or directly in the blob store. */
async function openFile({ blobs }: Services, exportId: string, range: ByteRange | undefined): Promise<Readable> {
  const { body } = await blobs.read(blobKey(exportId), range).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.code !== "not_found") throw error;
    throw new DomainError("gone", "The file is no longer stored. Export again.");
  });
  return body;
}

function sign(config: ServiceConfig, exportId: string, expires: string): Buffer {
  return createHmac("sha256", config.downloadSecret)
    .update(JSON.stringify([exportId, expires]))
    .digest();
}
