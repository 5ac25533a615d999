"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { SearchX } from "lucide-react";
import { useDeferredValue } from "react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchField } from "@/components/ui/forms/search-field";
import { LoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table } from "@/components/ui/table";
import { textParameter } from "@/components/url-state/parameters";
import { useUrlValue } from "@/components/url-state/use-url-state";
import { OrganizationRow } from "./organization-row";

/** Lists and searches the environment's organizations. */
export function OrganizationList({ environmentId }: { readonly environmentId: string }) {
  const trpc = useTRPC();
  const [search, setSearch] = useUrlValue("search", textParameter);
  const deferredSearch = useDeferredValue(search.trim());
  const list = useInfiniteQuery({
    ...trpc.organizations.list.infiniteQueryOptions(
      { search: deferredSearch },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  const organizations = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = list.data !== undefined && organizations.length === 0;
  // The onboarding above fills the page then.
  if (isEmpty && deferredSearch === "" && search === "") return null;
  return (
    <div className="space-y-4">
      <SearchField
        label="Search organizations"
        placeholder="Search by name, ID or domain"
        value={search}
        onChange={setSearch}
      />
      {list.isPending ? (
        <SkeletonRows rows={8} label="Loading organizations" />
      ) : !list.data ? (
        <ProblemNotice what="organizations" error={list.error} onRetry={() => void list.refetch()} />
      ) : isEmpty ? (
        <EmptyState
          icon={SearchX}
          title="No organizations found"
          actions={<Button onClick={() => setSearch("")}>Clear search</Button>}
        >
          You can search by name, ID, external ID and domain.
        </EmptyState>
      ) : (
        <div className={clsx("transition-opacity", list.isPlaceholderData && "opacity-50")}>
          <Table
            label="Organizations"
            columns={["Name", "Domains", "Last event", "Events", "Created"]}
            className="[--cols:minmax(0,1.6fr)_minmax(0,1fr)_9rem_7.5rem_7rem]"
          >
            {organizations.map((organization) => (
              <OrganizationRow
                key={organization.id}
                organization={organization}
                href={`/dashboard/${environmentId}/organizations/${organization.id}`}
              />
            ))}
          </Table>
          <LoadMore list={list} what="organizations" shown={organizations.length} />
        </div>
      )}
    </div>
  );
}
