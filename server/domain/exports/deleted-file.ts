import type { AuditLogExport } from "@/schemas/exports/export";

const DAY = 86_400_000;

/** What people are told of a file that is no longer stored; null while it is, or where there has never been one. */
export function deletedFileWords({
  finishedAt,
  fileDeletedAt,
}: Pick<AuditLogExport, "finishedAt" | "fileDeletedAt">): string | null {
  if (!fileDeletedAt) return null;
  const days = finishedAt ? Math.floor((fileDeletedAt.getTime() - finishedAt.getTime()) / DAY) : 0;
  const after = days > 0 ? ` after ${days} ${days === 1 ? "day" : "days"}` : "";
  return `The file was deleted${after}. Run the export again.`;
}
