"use client";

import { useMemo, useSyncExternalStore } from "react";

/** An export whose end has to be reported. Contains only IDs, none of the export's data. */
export interface FollowedExport {
  readonly organizationId: string;
  readonly exportId: string;
}

const changed = new EventTarget();
/** Fallback for browsers without storage; lasts as long as the page. */
const inMemory = new Map<string, string>();

/** Returns the exports followed under `name`. The browser stores them, so that they survive a reload and are shared by tabs. */
export function useFollowed(name: string): readonly FollowedExport[] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => "[]",
  );
  return useMemo(() => parse(text), [text]);
}

/** Adds an export to those followed under `name`. */
export function addFollowed(name: string, one: FollowedExport): void {
  write(name, [...parse(read(name)), one]);
}

/** Removes an export. Returns false if another tab has already removed it and reported its end. */
export function removeFollowed(name: string, exportId: string): boolean {
  const before = parse(read(name));
  const rest = before.filter((each) => each.exportId !== exportId);
  if (rest.length < before.length) write(name, rest);
  return rest.length < before.length;
}

function subscribe(onChange: () => void): () => void {
  // `storage` events come only from other tabs, `changed` only from this one.
  addEventListener("storage", onChange);
  changed.addEventListener("change", onChange);
  return () => {
    removeEventListener("storage", onChange);
    changed.removeEventListener("change", onChange);
  };
}

function read(name: string): string {
  try {
    return localStorage.getItem(name) ?? "[]";
  } catch {
    return inMemory.get(name) ?? "[]";
  }
}

function write(name: string, followed: readonly FollowedExport[]): void {
  const text = JSON.stringify(followed);
  try {
    if (followed.length === 0) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    inMemory.set(name, text);
  }
  changed.dispatchEvent(new Event("change"));
}

/** Parses stored text and drops everything invalid: anything on this origin can write to the storage. */
function parse(text: string): readonly FollowedExport[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isFollowed) : [];
  } catch {
    return [];
  }
}

function isFollowed(value: unknown): value is FollowedExport {
  if (typeof value !== "object" || value === null) return false;
  if (!("organizationId" in value) || !("exportId" in value)) return false;
  return typeof value.organizationId === "string" && typeof value.exportId === "string";
}
