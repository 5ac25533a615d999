"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useRef, useState } from "react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { StaleNotice } from "@/components/feedback/stale-notice";
import { useStale } from "@/components/feedback/use-stale";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table } from "@/components/ui/table";
import { PortalLinkDialog } from "./portal-link-dialog";
import { PortalLinkRow } from "./portal-link-row";

/** Milliseconds between refreshes: links are opened and expire while the list is on screen. */
const REFRESH_INTERVAL = 15_000;

interface PortalLinkListProps {
  readonly organization: { readonly id: string; readonly name: string };
  readonly canShare: boolean;
}

/** Lists the organization's portal links and their state. Members can create links and end access. */
export function PortalLinkList({ organization, canShare }: PortalLinkListProps) {
  const trpc = useTRPC();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const list = useInfiniteQuery({
    ...trpc.portalLinks.list.infiniteQueryOptions(
      { organizationId: organization.id },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
    refetchInterval: REFRESH_INTERVAL,
  });
  const stale = useStale(list);
  const links = list.data?.pages.flatMap((page) => page.items) ?? [];
  const create = canShare && (
    <Button ref={trigger} tone="primary" aria-haspopup="dialog" onClick={() => setOpen(true)}>
      <Link2 aria-hidden />
      New portal link
    </Button>
  );
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 grow basis-60 text-muted">
          Each link gives one person access without an account. It works once, expires after 5 minutes and starts a
          session of up to 8 hours.
          {!canShare && " Viewers can’t create links or end access. Ask an owner to change your role."}
        </p>
        {links.length > 0 && create}
      </div>
      {stale !== null && <StaleNotice what="portal links" error={stale} onRetry={() => void list.refetch()} />}
      {list.isPending ? (
        <SkeletonRows rows={4} label="Loading portal links" />
      ) : !list.data ? (
        <ProblemNotice what="portal links" error={list.error} onRetry={() => void list.refetch()} />
      ) : links.length === 0 ? (
        <EmptyState icon={Link2} title="No portal links yet" actions={create || undefined}>
          Links created here or through the API appear here.
        </EmptyState>
      ) : (
        <>
          <Table
            label="Portal links"
            columns={["Status", "Created by", "Session", "Access"]}
            className="[--cols:minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_8rem]"
          >
            {links.map((link) => (
              <PortalLinkRow key={link.id} link={link} organizationId={organization.id} canShare={canShare} />
            ))}
          </Table>
          <LoadMore list={list} what="portal links" shown={links.length} />
        </>
      )}
      <PortalLinkDialog open={open} onOpenChange={setOpen} returnFocusTo={trigger} organization={organization} />
    </>
  );
}
