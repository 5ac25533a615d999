import { createHmac, timingSafeEqual } from "node:crypto";
import type { Readable } from "node:stream";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { DomainError, notFound } from "@/server/kernel/errors";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { ServiceConfig, Services } from "@/server/kernel/services";
import { blobKey } from "./blob-key";
import { deletedFileWords } from "./deleted-file";
import { exportInclude, toExport } from "./export-row";
import { FILE_FORMATS } from "@/server/domain/exports/formats/file-format";
import { getExport } from "./read-exports";

const LIFETIME = 10 * 60_000;

export interface Download {
  readonly fileName: string;
  readonly contentType: string;
  readonly rows: number;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  /** @throws DomainError `gone` when the file is no longer stored */
  open(): Promise<Readable>;
  /** An address of the blob store's own, good for as long as the one that led here; null where it has none. */
  address(): Promise<string | null>;
}

/**
 * An address from which anyone who has it can download the file, for ten minutes. It is noted as the download: of who
 * comes with it, and what the store hands out, nothing is known.
 * @throws DomainError `not_found`; `conflict` when there is no file (yet); `gone` when it has been deleted
 */
export async function createDownloadUrl(
  scope: OrganizationScope,
  exportId: string,
): Promise<{ url: string; expiresAt: Date }> {
  const found = await getExport(scope, exportId);
  if (found.state === "pending")
    throw new DomainError("conflict", "The file is still being written. Try again when the export is ready.");
  if (found.state === "error")
    throw new DomainError("conflict", "The export did not succeed, so there is no file. Run it again.");
  const deleted = deletedFileWords(found);
  if (deleted !== null) throw new DomainError("gone", deleted);
  await recordActivity(scope.db.prisma, scope, "export.downloaded", { exportId });

  const expires = Math.floor((scope.now().getTime() + LIFETIME) / 1000);
  const url = new URL(`${scope.config.publicUrl}/downloads/${exportId}`);
  url.searchParams.set("expires", String(expires));
  url.searchParams.set("signature", sign(scope.config, exportId, String(expires)).toString("base64url"));
  return { url: url.href, expiresAt: new Date(expires * 1000) };
}

/**
 * The file behind an address that `createDownloadUrl` made.
 * @throws DomainError `forbidden` for an address that was changed, `gone` for one that is too old or a file that has been
 * deleted since, `not_found` where there is no such export any more
 */
export async function findDownload(
  services: Services,
  request: { readonly exportId: string; readonly expires: string; readonly signature: string },
): Promise<Download> {
  const { exportId, expires } = request;
  const given = Buffer.from(request.signature, "base64url");
  const right = sign(services.config, exportId, expires);
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    throw new DomainError(
      "forbidden",
      "This download address is not complete or was changed. Start the download again from the export.",
    );
  }
  const left = Number(expires) - services.now().getTime() / 1000;
  if (left <= 0) {
    throw new DomainError(
      "gone",
      "This download address has expired: each is good for ten minutes. Start the download again from the export.",
    );
  }
  const row = await services.db.prisma.auditLogExport.findUnique({
    where: { id: exportId, state: "ready" },
    include: exportInclude,
  });
  if (!row) throw notFound("Audit Log Export", exportId);
  const found = toExport(services, row);
  const deleted = deletedFileWords(found);
  if (deleted !== null) throw new DomainError("gone", deleted);
  const file = {
    fileName: found.fileName,
    contentType: found.gzip ? "application/gzip" : FILE_FORMATS[found.format].contentType,
  };
  const { rowsDone, bytes } = found.progress;
  return {
    ...file,
    rows: rowsDone,
    bytes,
    sha256: found.sha256 ?? "",
    open: () => openFile(services, exportId),
    address: () => services.blobs.address(blobKey(exportId), file, Math.ceil(left)),
  };
}

/** The file may have been deleted between a look at the row and this moment, or by somebody else. */
async function openFile({ blobs }: Services, exportId: string): Promise<Readable> {
  const { body } = await blobs.read(blobKey(exportId)).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.code !== "not_found") throw error;
    throw new DomainError("gone", "The file is no longer stored. Run the export again.");
  });
  return body;
}

function sign(config: ServiceConfig, exportId: string, expires: string): Buffer {
  return createHmac("sha256", config.downloadSecret)
    .update(JSON.stringify([exportId, expires]))
    .digest();
}
