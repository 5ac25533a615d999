import { z } from "zod";
import { eventFilters, type EventFilters } from "./event-filters";

/** What an export is asked for with. */
export const exportRequest = z.object({ filters: eventFilters });
export type ExportRequest = z.output<typeof exportRequest>;

export type ExportState = "pending" | "ready" | "error";

/** An export as it is read back. */
export interface AuditLogExport {
  readonly id: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly state: ExportState;
  readonly filters: EventFilters;
  readonly progress: {
    /** Null while the export waits for its turn. */
    readonly startedAt: Date | null;
    readonly rowsDone: number;
    /** Null until the rows have been counted. */
    readonly rowsTotal: number | null;
    readonly bytes: number;
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
}
