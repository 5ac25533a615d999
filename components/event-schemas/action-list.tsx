"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { Braces, SearchX } from "lucide-react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useDeferredValue } from "react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { SearchField } from "@/components/ui/forms/search-field";
import { Select } from "@/components/ui/forms/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table } from "@/components/ui/table";
import { ActionRow } from "./action-row";
import { schemaUrls } from "./schema-urls";

const OPTIONS = [
  { value: "all", label: "All actions" },
  { value: "configured", label: "With a schema" },
  { value: "unconfigured", label: "Unconfigured" },
] as const;

const parameters = {
  search: parseAsString.withDefault(""),
  which: parseAsStringLiteral(["all", "configured", "unconfigured"]).withDefault("all"),
};

/** The environment's actions, those that were only seen in events included. */
export function ActionList({ environmentId }: { readonly environmentId: string }) {
  const trpc = useTRPC();
  const [{ search, which }, setView] = useQueryStates(parameters);
  const asked = useDeferredValue(search.trim());
  const list = useInfiniteQuery({
    ...trpc.eventSchemas.actions.infiniteQueryOptions(
      { search: asked, which },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
    placeholderData: keepPreviousData,
  });
  const actions = list.data?.pages.flatMap((page) => page.items) ?? [];
  const { action } = schemaUrls(environmentId);
  const none = list.data !== undefined && actions.length === 0;
  const isAsking = list.isPending || (none && list.isPlaceholderData);
  if (none && !isAsking && asked === "" && search === "" && which === "all") {
    return (
      <EmptyState icon={Braces} title="No actions yet">
        An action appears here with the first event that names it. Give it a schema, and its events are checked before
        they are stored.
      </EmptyState>
    );
  }
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-2 [&>[role=search]]:grow">
        <SearchField
          label="Search actions"
          placeholder="Search by a part of the name"
          value={search}
          onChange={(text) => void setView({ search: text || null })}
        />
        <Select
          label="Show"
          look="bare"
          value={which}
          options={OPTIONS}
          onChange={(which) => void setView({ which })}
        />
      </div>
      {isAsking ? (
        <SkeletonRows rows={8} label="Loading actions" />
      ) : !list.data ? (
        <ProblemNotice what="actions" error={list.error} onRetry={() => void list.refetch()} />
      ) : none ? (
        <EmptyState
          icon={SearchX}
          title="No action found"
          actions={<Button onClick={() => void setView(null)}>Show all actions</Button>}
        >
          {which === "unconfigured" && search === ""
            ? "Every action that was seen in an event has a schema."
            : "The search looks for the text within the name."}
        </EmptyState>
      ) : (
        <div className={clsx("transition-opacity", list.isPlaceholderData && "opacity-50")}>
          <Table label="Actions" columns={["Action", "Schema", "Since"]} className="[--cols:minmax(0,1fr)_9rem_8rem]">
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
