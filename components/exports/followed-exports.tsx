"use client";

import { createContext, use, useMemo, type ReactNode } from "react";
import { lazy } from "@/components/ui/lazy";
import { removeFollowed, addFollowed, useFollowed, type FollowedExport } from "./followed-export-storage";

const ExportFollower = lazy(() => import("./export-follower"));

interface Following {
  readonly follow: (followed: FollowedExport) => void;
  /** @returns false when it was not followed any more. */
  readonly unfollow: (exportId: string) => boolean;
}

const FollowingContext = createContext<Following>({ follow: () => undefined, unfollow: () => false });

/** The way to have the end of an export told wherever the reader is by then. */
export function useFollowExport(): Following {
  return use(FollowingContext);
}

interface FollowedExportsProps {
  /** Where exports are listed. */
  readonly exportsHref: string;
  readonly children: ReactNode;
}

/** Tells how the exports end that were asked for on the pages below, also after a reload; once, in one of the tabs. */
export function FollowedExports({ exportsHref, children }: FollowedExportsProps) {
  const name = `trailport-followed:${exportsHref}`;
  const followed = useFollowed(name);
  const following = useMemo(
    () => ({
      follow: (one: FollowedExport) => addFollowed(name, one),
      unfollow: (exportId: string) => removeFollowed(name, exportId),
    }),
    [name],
  );
  return (
    <FollowingContext value={following}>
      {children}
      {followed.map((one) => (
        <ExportFollower key={one.exportId} followed={one} exportsHref={exportsHref} onEnd={following.unfollow} />
      ))}
    </FollowingContext>
  );
}
