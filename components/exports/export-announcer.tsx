"use client";

import { useState } from "react";
import type { AuditLogExport } from "@/schemas/exports/export";

type States = Readonly<Record<string, AuditLogExport["state"]>>;

/** Announces to screen readers when an export ends, but not its progress, which would only be noise. */
export function ExportAnnouncer({ items }: { readonly items: readonly AuditLogExport[] }) {
  const states: States = Object.fromEntries(items.map((item) => [item.id, item.state]));
  const [seen, setSeen] = useState<{ readonly states: States; readonly message: string }>({ states, message: "" });
  if (JSON.stringify(states) !== JSON.stringify(seen.states)) {
    const ended = items.filter((item) => seen.states[item.id] === "pending" && item.state !== "pending");
    const messages = ended.map((item) => `${item.fileName} ${endLabel(item)}.`);
    setSeen({ states, message: messages.length > 0 ? messages.join(" ") : seen.message });
  }
  return (
    <p role="status" className="sr-only">
      {seen.message}
    </p>
  );
}

function endLabel({ state, canceledAt }: AuditLogExport): string {
  if (state === "ready") return "is ready";
  return canceledAt === null ? "failed" : "was canceled";
}
