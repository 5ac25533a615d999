"use client";

import { useState } from "react";
import type { AuditLogExport } from "@/schemas/exports/export";

type States = Readonly<Record<string, AuditLogExport["state"]>>;

/** Tells screen readers when an export ends; the numbers in between would only be noise. */
export function ExportAnnouncer({ items }: { readonly items: readonly AuditLogExport[] }) {
  const states: States = Object.fromEntries(items.map((item) => [item.id, item.state]));
  const [seen, setSeen] = useState<{ readonly states: States; readonly news: string }>({ states, news: "" });
  if (JSON.stringify(states) !== JSON.stringify(seen.states)) {
    const ended = items.filter((item) => seen.states[item.id] === "pending" && item.state !== "pending");
    const news = ended.map((item) => `${item.fileName} ${endWords(item)}.`);
    setSeen({ states, news: news.length > 0 ? news.join(" ") : seen.news });
  }
  return (
    <p role="status" className="sr-only">
      {seen.news}
    </p>
  );
}

function endWords({ state, cancelledAt }: AuditLogExport): string {
  if (state === "ready") return "is ready";
  return cancelledAt === null ? "has failed" : "was cancelled";
}
