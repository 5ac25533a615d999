"use client";

import { Badge } from "@/components/ui/badge";
import { Progress } from "@/components/ui/progress";
import type { AuditLogExport } from "@/schemas/exports/export";
import { formatBytes, formatRows, formatTimeLeft } from "./amounts";
import { failureLabel } from "./failure-label";

/** Shows an export's state, and its progress while it runs. */
export function ExportStateCell({ item }: { readonly item: AuditLogExport }) {
  switch (item.state) {
    case "ready":
      return item.fileDeletedAt ? <Badge>Expired</Badge> : <Badge tone="positive">Ready</Badge>;
    case "error":
      return (
        <>
          {item.canceledAt ? <Badge>Canceled</Badge> : <Badge tone="danger">Failed</Badge>}
          <p className="mt-1 text-xs text-muted wrap-anywhere">{failureLabel(item)}</p>
        </>
      );
    case "pending":
      return (
        <div className="max-w-64 py-1">
          <Progress label={`Export ${item.fileName}`} done={item.progress.rowsDone} total={item.progress.rowsTotal} />
          <p className="mt-1.5 text-xs text-muted">{progressLabel(item.progress)}</p>
        </div>
      );
  }
}

function progressLabel({ startedAt, rowsDone, rowsTotal, bytes, secondsLeft }: AuditLogExport["progress"]): string {
  if (startedAt === null) return "Queued";
  if (rowsTotal === null) return "Counting rows…";
  const done = `${rowsDone.toLocaleString("en-US")} of ${formatRows(rowsTotal)} · ${formatBytes(bytes)}`;
  return secondsLeft === null ? done : `${done} · ${formatTimeLeft(secondsLeft)}`;
}
