import { z } from "zod";
import type { Prisma } from "@/prisma/generated/client";
import { storedEventFilters } from "@/schemas/events/event-filters";
import type { AuditLogExport } from "@/schemas/exports/export";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { exportFileName } from "./file-name";

/** What a read of an export selects, for `toExport`. */
export const exportInclude = {
  organization: { select: { id: true, name: true } },
} as const satisfies Prisma.AuditLogExportInclude;

export type ExportRow = Prisma.AuditLogExportGetPayload<{ include: typeof exportInclude }>;

const requester = z.object({ type: z.string(), id: z.string(), name: z.string() });

const DAY = 86_400_000;
/** For the portal, where the names of the vendor's staff and keys are nobody's business. */
const CANCELLED = "It was cancelled before its file was complete.";

/** Who reads an export: somebody, or a download's address, which stands for nobody. */
type Reader = Pick<Services, "config"> & Partial<Pick<EnvironmentScope, "principal">>;

/** A row as it is read back everywhere. */
export function toExport({ config, principal }: Reader, row: ExportRow): AuditLogExport {
  const filters = storedEventFilters.parse(row.filters);
  return {
    id: row.id,
    organizationId: row.organization.id,
    organizationName: row.organization.name,
    state: row.state,
    filters,
    format: row.format,
    gzip: row.gzip,
    progress: {
      startedAt: row.startedAt,
      rowsDone: row.rowsDone,
      rowsTotal: row.rowsTotal,
      bytes: Number(row.bytes),
      secondsLeft: secondsLeft(row),
    },
    sha256: row.sha256 === null ? null : Buffer.from(row.sha256).toString("hex"),
    failure: row.cancelledAt !== null && principal?.type === "portal_session" ? CANCELLED : row.failure,
    fileName: exportFileName(row, filters),
    requestedBy: requester.parse(row.requestedBy),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    finishedAt: row.finishedAt,
    cancelledAt: row.cancelledAt,
    expiresAt:
      row.state === "ready" && row.finishedAt && !row.fileDeletedAt
        ? new Date(row.finishedAt.getTime() + config.exportFileDays * DAY)
        : null,
    fileDeletedAt: row.fileDeletedAt,
  };
}

/** By the pace from the start to the last note, so that an export that stands still promises nothing new. */
function secondsLeft({ state, startedAt, updatedAt, rowsDone, rowsTotal }: ExportRow): number | null {
  if (state !== "pending" || startedAt === null || rowsTotal === null || rowsDone === 0) return null;
  const milliseconds = updatedAt.getTime() - startedAt.getTime();
  return Math.ceil((Math.max(0, rowsTotal - rowsDone) * milliseconds) / rowsDone / 1000);
}
