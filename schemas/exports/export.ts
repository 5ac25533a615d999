import { z } from "zod";
import { eventFilters, type EventFilters } from "@/schemas/events/event-filters";

/**
 * A table for people, the same with the mark by which Excel knows UTF-8, or JSON Lines, which keep every value as it was
 * sent.
 */
export const exportFormat = z.enum(["csv", "csv_excel", "jsonl"]);
export type ExportFormat = z.output<typeof exportFormat>;

/** What an export is asked for with. */
export const exportRequest = z.object({
  filters: eventFilters,
  format: exportFormat.default("csv"),
  gzip: z.boolean().default(false),
});
export type ExportRequest = Pick<z.output<typeof exportRequest>, "filters"> & Partial<z.output<typeof exportRequest>>;

/** What a file is likely to be, before it is asked for. */
export interface ExportEstimate {
  /** Exact unless `capped`: then there are more, or may be, and `count` is what was found in time. */
  readonly rows: { readonly count: number; readonly capped: boolean };
  /** The count where it is exact; otherwise a guess from statistics, and null where not even that could be had in time. */
  readonly estimatedRows: number | null;
  /** By the width of the newest events in the wanted format; null where none was found in time. */
  readonly estimatedBytes: number | null;
}

export type ExportState = "pending" | "ready" | "error";

/** An export as it is read back. */
export interface AuditLogExport {
  readonly id: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly state: ExportState;
  readonly filters: EventFilters;
  readonly format: ExportFormat;
  readonly gzip: boolean;
  readonly progress: {
    /** Null while the export waits for its turn. */
    readonly startedAt: Date | null;
    readonly rowsDone: number;
    /** Null until the rows have been counted. */
    readonly rowsTotal: number | null;
    readonly bytes: number;
    /** How long the rest will take at the pace so far; null before the first rows and after the end. */
    readonly secondsLeft: number | null;
  };
  /** Hex; null until the file is complete. */
  readonly sha256: string | null;
  /** The reason of state `error`, in words for people. */
  readonly failure: string | null;
  readonly fileName: string;
  readonly requestedBy: { readonly type: string; readonly id: string; readonly name: string };
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
  /** Since when an export of state `error` is one that somebody stopped, and no failure; `failure` then says who. */
  readonly cancelledAt: Date | null;
  /** Until when the file of a `ready` export is kept; null where there is none, or none any more. */
  readonly expiresAt: Date | null;
  /** Since when the file of a `ready` export is no longer stored. */
  readonly fileDeletedAt: Date | null;
}
