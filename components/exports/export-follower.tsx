"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { useToast } from "@/components/ui/overlays/toast";
import type { AuditLogExport } from "@/schemas/exports/export";
import { formatBytes, formatRows } from "./amounts";
import { failureLabel } from "./failure-label";
import type { FollowedExport } from "./followed-export-storage";
import { useDownload } from "./use-download";

/** Milliseconds between polls. */
const POLL_INTERVAL = 2_000;

interface ExportFollowerProps {
  readonly followed: FollowedExport;
  readonly exportsHref: string;
  /** Stops following the export. Returns whether its end still has to be reported. */
  readonly onEnd: (exportId: string) => boolean;
}

/** Waits until an export ends and shows a toast. Renders nothing itself. */
export default function ExportFollower({ followed, exportsHref, onEnd }: ExportFollowerProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const download = useDownload();
  const { data, error } = useQuery({
    ...trpc.exports.byId.queryOptions(followed),
    refetchInterval: (query) => (query.state.data && query.state.data.state !== "pending" ? false : POLL_INTERVAL),
  });
  const report = useEffectEvent((ended: AuditLogExport) => {
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
        tone: ended.canceledAt ? "neutral" : "danger",
        title: ended.canceledAt ? "Export canceled" : "Export failed",
        description: failureLabel(ended),
        link: { href: exportsHref, label: "View exports" },
      });
    }
  });
  useEffect(() => {
    if (data && data.state !== "pending") report(data);
  }, [data]);

  // The export was deleted with its organization, or belongs to a previous user of this browser: nothing to report.
  const isGone = error !== null && ["not_found", "forbidden"].includes(problemOf(error).kind);
  const drop = useEffectEvent(() => onEnd(followed.exportId));
  useEffect(() => {
    if (isGone) drop();
  }, [isGone]);
  return null;
}
