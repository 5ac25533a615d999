import { z } from "zod";
import type { Prisma } from "@/prisma/generated/client";
import { storedEventFilters } from "@/schemas/events/event-filters";
import type { AuditLogExport } from "@/schemas/exports/export";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { exportFileName } from "./file-name";
import { DAY } from "./schedule";

/** The relations that `toExport` needs. */
export const exportInclude = {
  organization: { select: { id: true, name: true } },
} as const satisfies Prisma.AuditLogExportInclude;

export type ExportRow = Prisma.AuditLogExportGetPayload<{ include: typeof exportInclude }>;

const requester = z.object({ type: z.string(), id: z.string(), name: z.string() });

/** The failure shown in the portal, where customers must not see the names of the vendor's staff and keys. */
const CANCELED = "Canceled.";

/** The reader of an export; without a principal for a download URL, which anyone may use. */
type Reader = Pick<Services, "config"> & Partial<Pick<EnvironmentScope, "principal">>;

/** Converts a row to the form in which all shells return it. */
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
    failure: row.canceledAt !== null && principal?.type === "portal_session" ? CANCELED : row.failure,
    fileName: exportFileName(row, filters),
    requestedBy: requester.parse(row.requestedBy),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    finishedAt: row.finishedAt,
    canceledAt: row.canceledAt,
    expiresAt:
      row.state === "ready" && row.finishedAt && !row.fileDeletedAt
        ? new Date(row.finishedAt.getTime() + config.exportFileDays * DAY)
        : null,
    fileDeletedAt: row.fileDeletedAt,
  };
}

/** Estimates from the pace between the start and the last heartbeat, so that a stalled export promises nothing new. */
function secondsLeft({ state, startedAt, updatedAt, rowsDone, rowsTotal }: ExportRow): number | null {
  if (state !== "pending" || startedAt === null || rowsTotal === null || rowsDone === 0) return null;
  const milliseconds = updatedAt.getTime() - startedAt.getTime();
  return Math.ceil((Math.max(0, rowsTotal - rowsDone) * milliseconds) / rowsDone / 1000);
}
