"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Activity, Building2, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { schemaUrls } from "@/components/event-schemas/schema-urls";
import { useTRPC } from "@/components/trpc/context";
import { pageDestinations, type PlacesAround } from "./page-destinations";

/** Somewhere to go. */
export interface Destination {
  readonly href: string;
  readonly icon: LucideIcon;
  readonly label: string;
  /** What tells it from others of the same name, or null. */
  readonly detail: string | null;
}

export interface DestinationGroup {
  readonly label: string;
  readonly destinations: readonly Destination[];
}

interface Destinations {
  /** Without those that are empty. */
  readonly groups: readonly DestinationGroup[];
  readonly isSearching: boolean;
  /** Of the searches on the server, or null. */
  readonly error: unknown;
  readonly retry: () => void;
}

/** Milliseconds of rest after which what was typed is searched for. */
const REST = 150;
const MOST = 6;

/** Where `search` may lead: pages at once, organizations and actions as soon as the server has found them. */
export function useDestinations({ search, ...around }: PlacesAround & { readonly search: string }): Destinations {
  const trpc = useTRPC();
  const asked = useRested(search);
  const organizations = useQuery({
    ...trpc.organizations.list.queryOptions({ search: asked, limit: MOST }),
    placeholderData: keepPreviousData,
  });
  const actions = useQuery({
    ...trpc.eventSchemas.actions.queryOptions({ search: asked, limit: MOST }),
    placeholderData: keepPreviousData,
    enabled: asked !== "",
  });
  // Until the answer to the last letter is there, of the former answer what fits it as well: the server's own rule.
  const fits = (texts: readonly string[]) => texts.some((text) => contains(text, search));
  const root = `/dashboard/${around.environmentId}`;
  const { action } = schemaUrls(around.environmentId);
  const foundOrganizations = (organizations.data?.items ?? []).flatMap(({ id, name, externalId, domains }) => {
    const details = [...domains, ...(externalId === null ? [] : [externalId]), id];
    if (!fits([name, ...details])) return [];
    const detail = (search !== "" && details.find((each) => contains(each, search))) || (details[0] ?? null);
    return [{ href: `${root}/organizations/${id}`, icon: Building2, label: name, detail }];
  });
  const foundActions = (search === "" ? [] : (actions.data?.items ?? [])).flatMap(({ name, version }) => {
    if (!fits([name])) return [];
    const detail = version === null ? "No schema" : `Version ${version}`;
    return [{ href: action(name), icon: Activity, label: name, detail }];
  });
  const groups = [
    ...pageDestinations(around, search),
    { label: "Organizations", destinations: foundOrganizations },
    { label: "Actions", destinations: foundActions },
  ];
  return {
    groups: groups.filter(({ destinations }) => destinations.length > 0),
    isSearching: asked !== search || organizations.isFetching || (asked !== "" && actions.isFetching),
    error: organizations.error ?? actions.error,
    retry: () => void Promise.all([organizations.refetch(), actions.refetch()]),
  };
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

/** `value` once it has rested for a moment. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
