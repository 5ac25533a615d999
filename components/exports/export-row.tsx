"use client";

import clsx from "clsx";
import { Download } from "lucide-react";
import { FilterSummary } from "@/components/events/filters/filter-summary";
import { Timestamp } from "@/components/time/timestamp";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { UserText } from "@/components/ui/user-text";
import { TableCell, TableRow } from "@/components/ui/table";
import type { AuditLogExport } from "@/schemas/exports/export";
import { formatBytes, formatRows } from "./amounts";
import { ExportStateCell } from "./export-state";
import { formatLabel } from "./format-labels";
import { useCancelExport } from "./use-cancel-export";
import { useDownload } from "./use-download";
import { useRequestExport } from "./use-request-export";

interface ExportRowProps {
  readonly item: AuditLogExport;
  /** Set in lists with exports of several organizations. */
  readonly organization?: "shown";
  readonly canExport: boolean;
}

/** Shows an export: its filters, its state and its actions. */
export function ExportRow({ item, organization, canExport }: ExportRowProps) {
  const download = useDownload();
  const cancel = useCancelExport();
  const { runAgain } = useRequestExport();
  const again = item.state === "error" && item.canceledAt === null ? "Retry" : "Export again";
  const hasFile = item.state === "ready" && item.fileDeletedAt === null;
  const which = { organizationId: item.organizationId, exportId: item.id };
  return (
    <TableRow tabIndex={-1} className="gap-y-2 py-3 md:items-start">
      <TableCell>
        {organization && <UserText className="font-medium">{item.organizationName}</UserText>}
        <p className={clsx("text-muted first-letter:uppercase", organization && "text-xs")}>
          <FilterSummary filters={item.filters} zone="local" />
        </p>
      </TableCell>
      <TableCell>
        <ExportStateCell item={item} />
        {item.state === "ready" && (
          <p className="mt-1 text-xs text-muted">
            {formatRows(item.progress.rowsDone)} · {formatBytes(item.progress.bytes)} · {formatLabel(item)}
          </p>
        )}
        {item.expiresAt && (
          <p className="text-xs text-muted">
            Available until <Timestamp time={item.expiresAt} layout="day" />
          </p>
        )}
        {item.fileDeletedAt && (
          <p className="text-xs text-muted">
            Deleted <Timestamp time={item.fileDeletedAt} layout="day" />
          </p>
        )}
        {item.sha256 && (
          <p className="flex items-center gap-1 text-xs text-faint">
            SHA-256 <span className="font-mono">{item.sha256.slice(0, 12)}…</span>
            <CopyButton text={item.sha256} label="Copy SHA-256" />
          </p>
        )}
      </TableCell>
      <TableCell>
        <UserText>{item.requestedBy.name}</UserText>
        <p className="text-xs text-faint">
          <Timestamp time={item.createdAt} />
        </p>
      </TableCell>
      <TableCell className="flex flex-wrap gap-2 md:flex-col md:items-end">
        {canExport && hasFile && (
          <Button
            size="sm"
            aria-label={`Download ${item.fileName}`}
            busy={download.isPending}
            onClick={() => download.mutate(which)}
          >
            <Download aria-hidden />
            Download
          </Button>
        )}
        {canExport && item.state !== "pending" && (
          <Button
            size="sm"
            tone={hasFile ? "quiet" : "secondary"}
            aria-label={`${again}: ${item.fileName}`}
            busy={runAgain.isPending}
            onClick={() => runAgain.mutate(which)}
          >
            {again}
          </Button>
        )}
        {canExport && item.state === "pending" && (
          <Button
            size="sm"
            aria-label={`Cancel ${item.fileName}`}
            busy={cancel.isPending}
            onClick={({ currentTarget }) => {
              // The button disappears, so the focus moves to the row. A key that is still held down then does nothing.
              currentTarget.closest<HTMLElement>("[role=row]")?.focus();
              cancel.mutate(which);
            }}
          >
            Cancel
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}
