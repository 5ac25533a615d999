"use client";

import { useMemo, useSyncExternalStore } from "react";

/** An export whose end is to be told: where it is, and nothing of what it holds. */
export interface FollowedExport {
  readonly organizationId: string;
  readonly exportId: string;
}

const changed = new EventTarget();
/** What is kept as long as the page lives, where the browser stores nothing. */
const unstored = new Map<string, string>();

/** The exports followed under `name`; remembered by this browser, so that a reload or another tab goes on with them. */
export function useFollowed(name: string): readonly FollowedExport[] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => "[]",
  );
  return useMemo(() => parse(text), [text]);
}

/** Follows one more. */
export function addFollowed(name: string, one: FollowedExport): void {
  write(name, [...parse(read(name)), one]);
}

/** Follows it no longer. @returns false when another tab had done so already, and told the end. */
export function removeFollowed(name: string, exportId: string): boolean {
  const before = parse(read(name));
  const rest = before.filter((each) => each.exportId !== exportId);
  if (rest.length < before.length) write(name, rest);
  return rest.length < before.length;
}

function subscribe(onChange: () => void): () => void {
  // The one is heard of other tabs, the other of this one.
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
    return unstored.get(name) ?? "[]";
  }
}

function write(name: string, followed: readonly FollowedExport[]): void {
  const text = JSON.stringify(followed);
  try {
    if (followed.length === 0) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    unstored.set(name, text);
  }
  changed.dispatchEvent(new Event("change"));
}

/** What anybody may have written there, as far as it is what belongs there. */
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
  const { organizationId, exportId } = value as Partial<Record<keyof FollowedExport, unknown>>;
  return typeof organizationId === "string" && typeof exportId === "string";
}
