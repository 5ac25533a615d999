import { z } from "zod";
import { eventFilters, type EventFilters } from "@/schemas/events/event-filters";

/** A CSV table, the same as Excel opens it in any language, or JSON Lines with every value exactly as sent. */
export const exportFormat = z.enum(["csv", "csv_excel", "jsonl"]);
export type ExportFormat = z.output<typeof exportFormat>;

export const exportRequest = z.object({
  filters: eventFilters,
  format: exportFormat.default("csv"),
  gzip: z.boolean().default(false),
});
export type ExportRequest = Pick<z.output<typeof exportRequest>, "filters"> & Partial<z.output<typeof exportRequest>>;

/** The approximate size of a file, before the export is requested. */
export interface ExportEstimate {
  /** Exact unless `capped`. Then there can be more, and `count` is what was found in time. */
  readonly rows: { readonly count: number; readonly capped: boolean };
  /** The count if it is exact, otherwise an estimate from statistics. Null if the estimate timed out, too. */
  readonly estimatedRows: number | null;
  /** Estimated from the size of the newest events in the requested format. Null if none was found in time. */
  readonly estimatedBytes: number | null;
}

export type ExportState = "pending" | "ready" | "error";

/** An export as screens and the API show it. */
export interface AuditLogExport {
  readonly id: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly state: ExportState;
  readonly filters: EventFilters;
  readonly format: ExportFormat;
  readonly gzip: boolean;
  readonly progress: {
    /** Null while the export is queued. */
    readonly startedAt: Date | null;
    readonly rowsDone: number;
    /** Null until the rows have been counted. */
    readonly rowsTotal: number | null;
    readonly bytes: number;
    /** The remaining time at the current speed. Null before the first rows and after the end. */
    readonly secondsLeft: number | null;
  };
  /** In hex. Null until the file is complete. */
  readonly sha256: string | null;
  /** The reason for the state `error`, as a sentence for the user. */
  readonly failure: string | null;
  readonly fileName: string;
  readonly requestedBy: { readonly type: string; readonly id: string; readonly name: string };
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
  /** Set if the state is `error` because someone canceled the export; `failure` then says who. */
  readonly canceledAt: Date | null;
  /** When the file of a `ready` export expires. Null without a file. */
  readonly expiresAt: Date | null;
  /** When the file of a `ready` export was deleted. */
  readonly fileDeletedAt: Date | null;
}
