"use client";

import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { problemOf } from "@/components/trpc/problem";
import { lazy } from "@/components/ui/lazy";
import { SkeletonRows } from "@/components/ui/skeleton";
import { draftOf, EMPTY_DRAFT } from "./schema-draft";

const SchemaForm = lazy(() => import("./schema-form"));

interface SchemaEditorProps {
  readonly environmentId: string;
  /** Null for a new action, whose name the user enters. */
  readonly name: string | null;
}

/** Opens the editor with the newest version, or with a schema suggested from recent events if there is none. */
export function SchemaEditor({ environmentId, name }: SchemaEditorProps) {
  const trpc = useTRPC();
  // Refetching would overwrite what the user edits.
  const noRefetch = { staleTime: Infinity, refetchOnWindowFocus: false } as const;
  const versions = useQuery({
    ...trpc.eventSchemas.versions.queryOptions({ action: name ?? "", limit: 1 }),
    ...noRefetch,
    gcTime: 0,
    enabled: name !== null,
  });
  const isUnknown = versions.error !== null && problemOf(versions.error).kind === "not_found";
  const hasNoSchema = versions.data?.items.length === 0;
  const suggestion = useQuery({
    ...trpc.eventSchemas.propose.queryOptions({ action: name ?? "" }),
    ...noRefetch,
    enabled: hasNoSchema,
  });
  if (name === null || isUnknown) return <SchemaForm environmentId={environmentId} name={name} start={EMPTY_DRAFT} />;
  if (versions.error) {
    return <ProblemNotice what="the schema" error={versions.error} onRetry={() => void versions.refetch()} />;
  }
  if (versions.isPending || (hasNoSchema && suggestion.isPending)) {
    return <SkeletonRows rows={4} label="Loading schema" />;
  }
  const [newest] = versions.data.items;
  if (newest) return <SchemaForm environmentId={environmentId} name={name} start={draftOf(newest)} />;
  const { events = 0, schema } = suggestion.data ?? {};
  return (
    <>
      {events > 0 && (
        <p className="mb-4 rounded-md bg-accent-soft px-3 py-2 text-accent">
          Suggested from {events === 1 ? "the only recent event" : `the ${events} newest events`} of this action. Review
          it before you create it.
        </p>
      )}
      <SchemaForm environmentId={environmentId} name={name} start={schema ? draftOf(schema) : EMPTY_DRAFT} />
    </>
  );
}
