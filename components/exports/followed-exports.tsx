"use client";

import { createContext, use, useMemo, type ReactNode } from "react";
import { lazy } from "@/components/ui/lazy";
import { addFollowed, removeFollowed, useFollowed, type FollowedExport } from "./followed-export-storage";

const ExportFollower = lazy(() => import("./export-follower"));

interface Following {
  readonly follow: (followed: FollowedExport) => void;
  /** Returns false if the export was no longer followed. */
  readonly unfollow: (exportId: string) => boolean;
}

const FollowingContext = createContext<Following>({ follow: () => undefined, unfollow: () => false });

/** Follows an export: when it ends, a toast appears on whatever page the user has open by then. */
export function useFollowExport(): Following {
  return use(FollowingContext);
}

interface FollowedExportsProps {
  /** Path of the page that lists exports. */
  readonly exportsHref: string;
  /** Under which name the browser stores the followed exports; by default the path above. */
  readonly storedAs?: string;
  readonly children: ReactNode;
}

/** Reports the end of exports requested on the pages below. Survives reloads, and reports only once across all tabs. */
export function FollowedExports({ exportsHref, storedAs = exportsHref, children }: FollowedExportsProps) {
  const name = `trailport-followed:${storedAs}`;
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
