"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { Braces, SearchX } from "lucide-react";
import { useDeferredValue } from "react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchField } from "@/components/ui/forms/search-field";
import { Select } from "@/components/ui/forms/select";
import { LoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table } from "@/components/ui/table";
import { choiceParameter, textParameter } from "@/components/url-state/parameters";
import { useUrlState } from "@/components/url-state/use-url-state";
import { ActionRow } from "./action-row";
import { schemaUrls } from "./schema-urls";

const OPTIONS = [
  { value: "all", label: "All actions" },
  { value: "configured", label: "With a schema" },
  { value: "unconfigured", label: "No schema yet" },
] as const;

const parameters = {
  search: textParameter,
  which: choiceParameter(["all", "configured", "unconfigured"]),
};

/** Lists and searches the environment's actions, including actions without a schema that events have used. */
export function ActionList({ environmentId }: { readonly environmentId: string }) {
  const trpc = useTRPC();
  const [{ search, which }, setView] = useUrlState(parameters);
  const deferredSearch = useDeferredValue(search.trim());
  const list = useInfiniteQuery({
    ...trpc.eventSchemas.actions.infiniteQueryOptions(
      { search: deferredSearch, which },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  const actions = list.data?.pages.flatMap((page) => page.items) ?? [];
  const { action } = schemaUrls(environmentId);
  const isEmpty = list.data !== undefined && actions.length === 0;
  const isLoading = list.isPending || (isEmpty && list.isPlaceholderData);
  if (isEmpty && !isLoading && deferredSearch === "" && search === "" && which === "all") {
    return (
      <EmptyState icon={Braces} title="No actions yet">
        An action appears here when its first event arrives. Create a schema to check events before they are stored.
      </EmptyState>
    );
  }
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-2 [&>[role=search]]:grow">
        <SearchField
          label="Search actions"
          placeholder="Search actions"
          value={search}
          onChange={(text) => setView({ search: text })}
        />
        <Select label="Show" look="bare" value={which} options={OPTIONS} onChange={(which) => setView({ which })} />
      </div>
      {isLoading ? (
        <SkeletonRows rows={8} label="Loading actions" />
      ) : !list.data ? (
        <ProblemNotice what="actions" error={list.error} onRetry={() => void list.refetch()} />
      ) : isEmpty ? (
        <EmptyState
          icon={SearchX}
          title="No actions found"
          actions={<Button onClick={() => setView({ search: "", which: "all" })}>Show all actions</Button>}
        >
          {which === "unconfigured" && search === "" ? "All actions have a schema." : "Try a shorter search."}
        </EmptyState>
      ) : (
        <div className={clsx("transition-opacity", list.isPlaceholderData && "opacity-50")}>
          <Table
            label="Actions"
            columns={["Action", "Schema", "First seen"]}
            className="[--cols:minmax(0,1fr)_9rem_8rem]"
          >
            {actions.map((each) => (
              <ActionRow key={each.name} action={each} href={action(each.name)} />
            ))}
          </Table>
          <LoadMore list={list} what="actions" shown={actions.length} />
        </div>
      )}
    </div>
  );
}
