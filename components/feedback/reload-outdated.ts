"use client";

import { useEffect, useState } from "react";

const STORAGE_KEY = "trailport-reloaded-at";
/** Milliseconds between automatic reloads, so that a page that keeps failing shows why. */
const INTERVAL = 30_000;

/** Whether code of this page could not be fetched. An upgrade of the server removes it. */
export function isMissingCode(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === "ChunkLoadError" ||
    /loading (css )?chunk|load chunk|imported module|module script/i.test(error.message)
  );
}

/** Loads the page's current version, unless the server is unreachable or that has just failed. Returns whether it reloads. */
export async function reloadOutdated(): Promise<boolean> {
  if (Math.abs(Date.now() - Number(sessionStorage.getItem(STORAGE_KEY))) < INTERVAL) return false;
  const isReachable = await fetch("/api/health", { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isReachable) return false;
  sessionStorage.setItem(STORAGE_KEY, String(Date.now()));
  location.reload();
  return true;
}

/** Reloads the page if the error means that it is outdated. Returns true while it does, so that no error is shown. */
export function useReloadIfOutdated(error: unknown): boolean {
  const [isReloading, setReloading] = useState(() => isMissingCode(error));
  useEffect(() => {
    if (isReloading) void reloadOutdated().then(setReloading);
  }, [isReloading]);
  return isReloading;
}

/** Reloads the page if a click needs code that no longer exists. Errors while rendering reach the error pages instead. */
export function ReloadOutdated() {
  useEffect(() => {
    const onRejection = ({ reason }: PromiseRejectionEvent) => void (isMissingCode(reason) && reloadOutdated());
    addEventListener("unhandledrejection", onRejection);
    return () => removeEventListener("unhandledrejection", onRejection);
  }, []);
  return null;
}
