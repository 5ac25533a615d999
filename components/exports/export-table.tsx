"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import type { ReactNode } from "react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { StaleNotice } from "@/components/feedback/stale-notice";
import { useStale } from "@/components/feedback/use-stale";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table } from "@/components/ui/table";
import type { AuditLogExport } from "@/schemas/exports/export";
import type { Page } from "@/schemas/paging";
import { ExportAnnouncer } from "./export-announcer";
import { ExportRow } from "./export-row";

interface ExportTableProps {
  readonly list: UseInfiniteQueryResult<InfiniteData<Page<AuditLogExport>>, unknown>;
  readonly organization?: "shown";
  /** Viewers see exports but can neither create nor download them. */
  readonly canExport: boolean;
  /** Explains how to create the first export. */
  readonly whenEmpty: ReactNode;
}

/** Lists exports, newest first. */
export function ExportTable({ list, organization, canExport, whenEmpty }: ExportTableProps) {
  const reason = useStale(list);
  if (list.isPending) return <SkeletonRows rows={4} label="Loading exports" />;
  if (!list.data) return <ProblemNotice what="exports" error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  const stale = reason !== null && <StaleNotice what="exports" error={reason} onRetry={() => void list.refetch()} />;
  if (items.length === 0) {
    return (
      <>
        {stale}
        <EmptyState icon={FileDown} title="No exports yet">
          {whenEmpty}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      {stale}
      {!canExport && (
        <p className="mb-3 text-muted">
          You can view exports but not create or download them. Ask an owner to change your role.
        </p>
      )}
      <Table
        label="Exports"
        columns={[organization ? "Organization and filters" : "Filters", "Status", "Requested by", "File"]}
        className="[--cols:minmax(0,1.5fr)_minmax(0,1fr)_minmax(0,0.9fr)_6.5rem]"
      >
        {items.map((item) => (
          <ExportRow key={item.id} item={item} canExport={canExport} {...(organization && { organization })} />
        ))}
      </Table>
      <LoadMore list={list} what="exports" shown={items.length} />
      <ExportAnnouncer items={items} />
    </>
  );
}
