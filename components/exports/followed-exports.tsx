"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";
import { useTRPC } from "@/components/trpc/context";
import { useToast } from "@/components/ui/toast";
import { bytesWords, rowsWords } from "./amounts";
import { useDownload } from "./use-download";

const INTERVAL = 2_000;

interface FollowedExport {
  readonly organizationId: string;
  readonly exportId: string;
}

interface Following {
  readonly follow: (followed: FollowedExport) => void;
  readonly unfollow: (exportId: string) => void;
}

const FollowingContext = createContext<Following>({ follow: () => undefined, unfollow: () => undefined });

/** The way to have the end of an export told wherever the reader is by then. */
export function useFollowExport(): Following {
  return use(FollowingContext);
}

interface FollowedExportsProps {
  /** Where exports are listed. */
  readonly exportsHref: string;
  readonly children: ReactNode;
}

/** Tells how the exports end that were asked for on the pages below. */
export function FollowedExports({ exportsHref, children }: FollowedExportsProps) {
  const [followed, setFollowed] = useState<readonly FollowedExport[]>([]);
  const following = useMemo(
    () => ({
      follow: (one: FollowedExport) => setFollowed((before) => [...before, one]),
      unfollow: (exportId: string) => setFollowed((before) => before.filter((each) => each.exportId !== exportId)),
    }),
    [],
  );
  return (
    <FollowingContext value={following}>
      {children}
      {followed.map((one) => (
        <Follower key={one.exportId} followed={one} exportsHref={exportsHref} />
      ))}
    </FollowingContext>
  );
}

function Follower({ followed, exportsHref }: { readonly followed: FollowedExport; readonly exportsHref: string }) {
  const trpc = useTRPC();
  const toast = useToast();
  const { unfollow } = useFollowExport();
  const download = useDownload();
  const { data } = useQuery({
    ...trpc.exports.byId.queryOptions(followed),
    refetchInterval: (query) => (query.state.data && query.state.data.state !== "pending" ? false : INTERVAL),
  });
  useEffect(() => {
    if (!data || data.state === "pending") return;
    unfollow(data.id);
    if (data.state === "ready") {
      toast({
        tone: "positive",
        title: "Your file is ready",
        description: `${data.organizationName}: ${rowsWords(data.progress.rowsDone)}, ${bytesWords(data.progress.bytes)}`,
        action: { label: "Download", onClick: () => download.mutate(followed) },
      });
    } else {
      toast({
        tone: "danger",
        title: "The export has failed",
        description: data.failure ?? "The reason is not known. Export again.",
        link: { href: exportsHref, label: "View exports" },
      });
    }
  }, [data, download, exportsHref, followed, toast, unfollow]);
  return null;
}
