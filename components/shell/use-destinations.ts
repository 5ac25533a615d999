"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Activity, Building2 } from "lucide-react";
import { useEffect, useState } from "react";
import { schemaUrls } from "@/components/event-schemas/schema-urls";
import { useTRPC } from "@/components/trpc/context";
import { foldCase } from "@/schemas/fold-case";
import type { DestinationGroup } from "./destination";
import { pageDestinations, type CommandContext } from "./page-destinations";

interface Destinations {
  /** Only groups with at least one destination. */
  readonly groups: readonly DestinationGroup[];
  readonly isSearching: boolean;
  /** Why the server's search failed, or null. */
  readonly error: unknown;
  readonly retry: () => void;
}

const DEBOUNCE_MS = 150;
/** The number of organizations and of actions to show. */
const LIMIT = 6;

/** Finds destinations for `search`: pages immediately, organizations and actions when the server responds. */
export function useDestinations({ search, ...context }: CommandContext & { readonly search: string }): Destinations {
  const trpc = useTRPC();
  const debounced = useDebounced(search);
  const organizations = useQuery({
    ...trpc.organizations.list.queryOptions({ search: debounced, limit: LIMIT }),
    placeholderData: keepPreviousData,
  });
  const actions = useQuery({
    ...trpc.eventSchemas.actions.queryOptions({ search: debounced, limit: LIMIT }),
    placeholderData: keepPreviousData,
    enabled: debounced !== "",
  });
  // Until the new results arrive, shows those previous results that match the new text by the server's own rule.
  const matches = (texts: readonly string[]) => texts.some((text) => contains(text, search));
  const root = `/dashboard/${context.environmentId}`;
  const { action } = schemaUrls(context.environmentId);
  const foundOrganizations = (organizations.data?.items ?? []).flatMap(({ id, name, externalId, domains }) => {
    const details = [...domains, ...(externalId === null ? [] : [externalId]), id];
    if (!matches([name, ...details])) return [];
    const detail = (search !== "" && details.find((each) => contains(each, search))) || (details[0] ?? null);
    return [{ href: `${root}/organizations/${id}`, icon: Building2, label: name, detail }];
  });
  const foundActions = (search === "" ? [] : (actions.data?.items ?? [])).flatMap(({ name, version }) => {
    if (!matches([name])) return [];
    const detail = version === null ? "No schema yet" : `Version ${version}`;
    return [{ href: action(name), icon: Activity, label: name, detail }];
  });
  const groups = [
    ...pageDestinations(context, search),
    { label: "Organizations", destinations: foundOrganizations },
    { label: "Actions", destinations: foundActions },
  ];
  return {
    groups: groups.filter(({ destinations }) => destinations.length > 0),
    isSearching: debounced !== search || organizations.isFetching || (debounced !== "" && actions.isFetching),
    error: organizations.error ?? actions.error,
    retry: () => void Promise.all([organizations.refetch(), actions.refetch()]),
  };
}

function contains(text: string, part: string): boolean {
  return foldCase(text).includes(foldCase(part));
}

/** Returns `value` once it has not changed for `DEBOUNCE_MS`. */
function useDebounced(value: string): string {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return debounced;
}
