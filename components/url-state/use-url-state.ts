"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo, useSyncExternalStore } from "react";
import type { UrlParameter } from "./parameters";

/** Parameters by the name of their value. */
type UrlParameters<State> = { readonly [Name in keyof State]: UrlParameter<State[Name]> };

interface UrlStateOptions<State> {
  /** Whether a change adds an entry to the browser's history. "replace" by default. */
  readonly history?: "push" | "replace";
  /** The names of parameters in the URL where they differ from the names of the values. */
  readonly urlKeys?: { readonly [Name in keyof State]?: string };
}

type Change<State> = (change: Partial<State>, history?: "push" | "replace") => void;

/**
 * Keeps values in the URL's query, so that they survive a reload and can be shared as a link.
 *
 * A change shows at once and makes no request to the server. Values that a change leaves out keep what the URL says, and so
 * do parameters of other callers. `parameters` and `options` must not change between renders.
 */
export function useUrlState<State extends object>(
  parameters: UrlParameters<State>,
  options: UrlStateOptions<NoInfer<State>> = {},
): readonly [State, Change<State>] {
  const query = useQuery();
  const { history, urlKeys } = options;
  const state = useMemo(() => readState(parameters, urlKeys, query), [parameters, urlKeys, query]);
  const change: Change<State> = (values, mode = history) => {
    const next = new URLSearchParams(location.search);
    for (const name of namesOf(values)) {
      const value = values[name];
      // An optional value that is left out arrives as undefined.
      if (value !== undefined) write(next, urlKeys?.[name] ?? String(name), parameters[name].write(value));
    }
    changeQuery(next, mode);
  };
  return [state, change];
}

/** Keeps one value in the URL's query. */
export function useUrlValue<Value>(
  name: string,
  parameter: UrlParameter<Value>,
  history?: "push" | "replace",
): readonly [Value, (value: Value) => void] {
  const query = useQuery();
  const value = useMemo(() => parameter.read(new URLSearchParams(query).getAll(name)), [parameter, query, name]);
  const change = (next: Value) => {
    const parameters = new URLSearchParams(location.search);
    write(parameters, name, parameter.write(next));
    changeQuery(parameters, history);
  };
  return [value, change];
}

function readState<State extends object>(
  parameters: UrlParameters<State>,
  urlKeys: UrlStateOptions<State>["urlKeys"],
  query: string,
): State {
  const texts = new URLSearchParams(query);
  const entries = namesOf(parameters).map((name) => [
    name,
    parameters[name].read(texts.getAll(urlKeys?.[name] ?? String(name))),
  ]);
  // `fromEntries` loses which value belongs to which name.
  return Object.fromEntries(entries) as State;
}

/** `Object.keys` with the type of the names. */
function namesOf<Values extends object>(values: Values): (keyof Values)[] {
  // An object may have more keys than its type says; these objects are literals.
  return Object.keys(values) as (keyof Values)[];
}

function write(parameters: URLSearchParams, name: string, texts: readonly string[]) {
  parameters.delete(name);
  for (const text of texts) parameters.append(name, text);
}

const CHANGED = "trailport:query";

/** Changes the query without a request. Next.js notices changes that are made through the browser's history. */
function changeQuery(parameters: URLSearchParams, history: "push" | "replace" = "replace") {
  const query = parameters.toString();
  if (query === currentQuery()) return;
  const url = `${location.pathname}${query && `?${query}`}${location.hash}`;
  if (history === "push") window.history.pushState(null, "", url);
  else window.history.replaceState(null, "", url);
  dispatchEvent(new Event(CHANGED));
}

function currentQuery(): string {
  return new URLSearchParams(location.search).toString();
}

/** Returns the URL's query without the `?`. While another page loads, returns the query of the page that is shown. */
function useQuery(): string {
  const pathname = usePathname();
  const routed = useSearchParams().toString();
  return useSyncExternalStore(
    subscribe,
    () => (location.pathname === pathname ? currentQuery() : routed),
    () => routed,
  );
}

function subscribe(onChange: () => void) {
  addEventListener(CHANGED, onChange);
  addEventListener("popstate", onChange);
  return () => {
    removeEventListener(CHANGED, onChange);
    removeEventListener("popstate", onChange);
  };
}
