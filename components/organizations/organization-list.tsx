"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { SearchX } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useDeferredValue } from "react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table } from "@/components/ui/table";
import { OrganizationRow } from "./organization-row";
import { SearchField } from "@/components/ui/forms/search-field";

/** The environment's organizations, and the search through them. */
export function OrganizationList({ environmentId }: { readonly environmentId: string }) {
  const trpc = useTRPC();
  const [search, setSearch] = useQueryState("search", parseAsString.withDefault(""));
  const asked = useDeferredValue(search.trim());
  const list = useInfiniteQuery({
    ...trpc.organizations.list.infiniteQueryOptions(
      { search: asked },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  const organizations = list.data?.pages.flatMap((page) => page.items) ?? [];
  const none = list.data !== undefined && organizations.length === 0;
  // The first steps above have the word then.
  if (none && asked === "" && search === "") return null;
  return (
    <div className="space-y-4">
      <SearchField
        label="Search organizations"
        placeholder="Search by name, ID or domain"
        value={search}
        onChange={(text) => void setSearch(text || null)}
      />
      {list.isPending ? (
        <SkeletonRows rows={8} label="Loading organizations" />
      ) : !list.data ? (
        <ProblemNotice what="organizations" error={list.error} onRetry={() => void list.refetch()} />
      ) : none ? (
        <EmptyState
          icon={SearchX}
          title="No organization found"
          actions={<Button onClick={() => void setSearch(null)}>Clear search</Button>}
        >
          The search looks at names, IDs, external IDs and domains.
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
