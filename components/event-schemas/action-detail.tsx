"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Braces } from "lucide-react";
import Link from "next/link";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { SkeletonRows } from "@/components/ui/skeleton";
import { schemaUrls } from "./schema-urls";
import { SchemaVersion } from "./schema-version";

interface ActionDetailProps {
  readonly environmentId: string;
  readonly name: string;
  readonly canManage: boolean;
}

/** An action's versions, newest first. */
export function ActionDetail({ environmentId, name, canManage }: ActionDetailProps) {
  const trpc = useTRPC();
  const list = useInfiniteQuery(
    trpc.eventSchemas.versions.infiniteQueryOptions(
      { action: name, limit: 20 },
      { getNextPageParam: (page) => page.after },
    ),
  );
  if (list.isPending) return <SkeletonRows rows={4} label="Loading versions" />;
  if (!list.data) return <ProblemNotice what="versions" error={list.error} onRetry={() => void list.refetch()} />;
  const edit = schemaUrls(environmentId).edit(name);
  const versions = list.data.pages.flatMap((page) => page.items);
  if (versions.length === 0) {
    return (
      <EmptyState
        icon={Braces}
        title="Seen, but not configured"
        actions={
          canManage && (
            <Link href={edit} className={buttonStyle("primary")}>
              Make a schema
            </Link>
          )
        }
      >
        Events name this action, and nothing of them is checked but their form.{" "}
        {canManage
          ? "A schema is proposed from its recent events."
          : "An admin or owner of the workspace can make a schema."}
      </EmptyState>
    );
  }
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <p className="min-w-0 grow basis-60 text-muted">
          An event is held against the version that it names in <code className="font-mono text-xs">version</code>, or
          the first. Versions never change.
        </p>
        {canManage && (
          <Link href={edit} className={buttonStyle("primary")}>
            New version
          </Link>
        )}
      </div>
      <ul aria-label="Versions" className="space-y-3">
        {versions.map((version, index) => (
          <li key={version.id}>
            <SchemaVersion version={version} isNewest={index === 0} />
          </li>
        ))}
      </ul>
      <LoadMore list={list} what="versions" shown={versions.length} />
    </>
  );
}
