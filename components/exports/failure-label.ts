import type { AuditLogExport } from "@/schemas/exports/export";

/** Returns why an export failed or was canceled. */
export function failureLabel({ failure }: Pick<AuditLogExport, "failure">): string {
  return failure ?? "Unknown error. Try again.";
}
