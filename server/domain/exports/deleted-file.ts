import type { AuditLogExport } from "@/schemas/exports/export";
import { DAY } from "./schedule";

/** Returns the message for an export whose file has been deleted; null if the file is stored or never was. */
export function deletedFileMessage({
  finishedAt,
  fileDeletedAt,
}: Pick<AuditLogExport, "finishedAt" | "fileDeletedAt">): string | null {
  if (!fileDeletedAt) return null;
  const days = finishedAt ? Math.floor((fileDeletedAt.getTime() - finishedAt.getTime()) / DAY) : 0;
  const after = days > 0 ? ` after ${days} ${days === 1 ? "day" : "days"}` : "";
  return `The file was deleted${after}. Export again.`;
}
