"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { useToast } from "@/components/ui/overlays/toast";
import type { AuditLogExport } from "@/schemas/exports/export";
import { formatBytes, formatRows } from "./amounts";
import type { FollowedExport } from "./followed-export-storage";
import { useDownload } from "./use-download";

const INTERVAL = 2_000;

interface ExportFollowerProps {
  readonly followed: FollowedExport;
  readonly exportsHref: string;
  /** Answers whether the end is still to be told. */
  readonly onEnd: (exportId: string) => boolean;
}

/** Waits for the end of one export and tells it. Shows nothing itself. */
export default function ExportFollower({ followed, exportsHref, onEnd }: ExportFollowerProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const download = useDownload();
  const { data, error } = useQuery({
    ...trpc.exports.byId.queryOptions(followed),
    refetchInterval: (query) => (query.state.data && query.state.data.state !== "pending" ? false : INTERVAL),
  });
  const tell = useEffectEvent((ended: AuditLogExport) => {
    if (!onEnd(ended.id)) return;
    if (ended.state === "ready") {
      toast({
        tone: "positive",
        title: "Your file is ready",
        description: `${ended.organizationName}: ${formatRows(ended.progress.rowsDone)}, ${formatBytes(ended.progress.bytes)}`,
        action: { label: "Download", onClick: () => download.mutate(followed) },
      });
    } else {
      toast({
        tone: ended.cancelledAt ? "neutral" : "danger",
        title: ended.cancelledAt ? "The export was cancelled" : "The export has failed",
        description: ended.failure ?? "The reason is not known. Export again.",
        link: { href: exportsHref, label: "View exports" },
      });
    }
  });
  useEffect(() => {
    if (data && data.state !== "pending") tell(data);
  }, [data]);

  // Deleted with its organization, or another's who used this browser before: there is nothing to tell.
  const isGone = error !== null && ["not_found", "forbidden"].includes(problemOf(error).kind);
  const drop = useEffectEvent(() => onEnd(followed.exportId));
  useEffect(() => {
    if (isGone) drop();
  }, [isGone]);
  return null;
}
