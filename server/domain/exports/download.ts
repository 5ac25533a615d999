import { createHmac, timingSafeEqual } from "node:crypto";
import type { Readable } from "node:stream";
import { recordActivity } from "@/server/domain/activity/record-activity";
import { DomainError, notFound } from "@/server/errors";
import type { OrganizationScope, ServiceConfig, Services } from "@/server/services";
import { blobKey } from "./blob-key";
import { exportInclude, toExport } from "./export-row";
import { FILE_FORMATS } from "./file-format";
import { getExport } from "./read-exports";

const LIFETIME = 10 * 60_000;

export interface Download {
  readonly fileName: string;
  readonly contentType: string;
  readonly rows: number;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  readonly body: Readable;
}

/**
 * An address from which anyone who has it can download the file, for ten minutes.
 * @throws DomainError `not_found`; `conflict` when there is no file (yet)
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
  await recordActivity(scope.db.prisma, scope, "export.downloaded", { exportId });

  const expires = Math.floor((scope.now().getTime() + LIFETIME) / 1000);
  const url = new URL(`${scope.config.publicUrl}/downloads/${exportId}`);
  url.searchParams.set("expires", String(expires));
  url.searchParams.set("signature", sign(scope.config, exportId, String(expires)).toString("base64url"));
  return { url: url.href, expiresAt: new Date(expires * 1000) };
}

/**
 * The file behind an address that `createDownloadUrl` made.
 * @throws DomainError `forbidden` for an address that was changed, `gone` for one that is too old, `not_found` when the
 * file has been deleted since
 */
export async function openDownload(
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
  if (Number(expires) * 1000 <= services.now().getTime()) {
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
  const { fileName, sha256, progress, format, gzip } = toExport(row);
  const contentType = gzip ? "application/gzip" : FILE_FORMATS[format].contentType;
  const { bytes, body } = await services.blobs.read(blobKey(exportId));
  return { fileName, contentType, rows: progress.rowsDone, bytes, sha256: sha256 ?? "", body };
}

function sign(config: ServiceConfig, exportId: string, expires: string): Buffer {
  return createHmac("sha256", config.downloadSecret)
    .update(JSON.stringify([exportId, expires]))
    .digest();
}
