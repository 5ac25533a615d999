"use client";

import { Badge } from "@/components/ui/badge";
import { Progress } from "@/components/ui/progress";
import type { AuditLogExport } from "@/schemas/exports/export";
import { formatBytes, formatRows, formatTimeLeft } from "./amounts";

/** How it stands with an export; while it is at work, how far it has come. */
export function ExportStateCell({ item }: { readonly item: AuditLogExport }) {
  switch (item.state) {
    case "ready":
      return item.fileDeletedAt ? <Badge>File deleted</Badge> : <Badge tone="positive">Ready</Badge>;
    case "error":
      return (
        <>
          {item.cancelledAt ? <Badge>Cancelled</Badge> : <Badge tone="danger">Failed</Badge>}
          <p className="mt-1 text-xs text-muted wrap-anywhere">
            {item.failure ?? "The reason is not known. Export again."}
          </p>
        </>
      );
    case "pending":
      return (
        <div className="max-w-64 py-1">
          <Progress label={`Export ${item.fileName}`} done={item.progress.rowsDone} total={item.progress.rowsTotal} />
          <p className="mt-1.5 text-xs text-muted">{progressWords(item.progress)}</p>
        </div>
      );
  }
}

function progressWords({ startedAt, rowsDone, rowsTotal, bytes, secondsLeft }: AuditLogExport["progress"]): string {
  if (startedAt === null) return "Waiting for its turn";
  if (rowsTotal === null) return "Counting rows";
  const done = `${rowsDone.toLocaleString("en-US")} of ${formatRows(rowsTotal)} · ${formatBytes(bytes)}`;
  return secondsLeft === null ? done : `${done} · ${formatTimeLeft(secondsLeft)}`;
}
