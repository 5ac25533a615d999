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

/** Lists the schema versions of an action, newest first. */
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
  const editUrl = schemaUrls(environmentId).edit(name);
  const versions = list.data.pages.flatMap((page) => page.items);
  if (versions.length === 0) {
    return (
      <EmptyState
        icon={Braces}
        title="No schema yet"
        actions={
          canManage && (
            <Link href={editUrl} className={buttonStyle("primary")}>
              Create schema
            </Link>
          )
        }
      >
        Events with this action are stored without schema checks.{" "}
        {canManage
          ? "We’ll suggest a schema from recent events."
          : "Ask a workspace admin or owner to create a schema."}
      </EmptyState>
    );
  }
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <p className="min-w-0 grow basis-60 text-muted">
          Events are checked against the <code className="font-mono text-xs">version</code> they specify, or version 1
          by default. Versions can&rsquo;t be edited.
        </p>
        {canManage && (
          <Link href={editUrl} className={buttonStyle("primary")}>
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
