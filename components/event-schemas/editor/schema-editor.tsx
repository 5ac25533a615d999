"use client";

import { useQuery } from "@tanstack/react-query";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { lazy } from "@/components/ui/lazy";
import { SkeletonRows } from "@/components/ui/skeleton";
import { draftOf, EMPTY_DRAFT } from "./schema-draft";

const SchemaForm = lazy(() => import("./schema-form"));

interface SchemaEditorProps {
  readonly environmentId: string;
  /** Null for an action that is yet to be named. */
  readonly name: string | null;
}

/** The editor, which begins with the newest version, or with what the recent events of an unconfigured action hold. */
export function SchemaEditor({ environmentId, name }: SchemaEditorProps) {
  const trpc = useTRPC();
  // What one edits must not change below one's hands.
  const still = { staleTime: Infinity, refetchOnWindowFocus: false } as const;
  const versions = useQuery({
    ...trpc.eventSchemas.versions.queryOptions({ action: name ?? "", limit: 1 }),
    ...still,
    gcTime: 0,
    enabled: name !== null,
  });
  const isUnknown = versions.error !== null && problemOf(versions.error).kind === "not_found";
  const isUnconfigured = versions.data?.items.length === 0;
  const proposal = useQuery({
    ...trpc.eventSchemas.propose.queryOptions({ action: name ?? "" }),
    ...still,
    enabled: isUnconfigured,
  });
  if (name === null || isUnknown) return <SchemaForm environmentId={environmentId} name={name} start={EMPTY_DRAFT} />;
  if (versions.error) {
    return <ProblemNotice what="schema" error={versions.error} onRetry={() => void versions.refetch()} />;
  }
  if (versions.isPending || (isUnconfigured && proposal.isPending)) {
    return <SkeletonRows rows={4} label="Loading the schema" />;
  }
  const [newest] = versions.data.items;
  if (newest) return <SchemaForm environmentId={environmentId} name={name} start={draftOf(newest)} />;
  const { events = 0, schema } = proposal.data ?? {};
  return (
    <>
      {events > 0 && (
        <p className="mb-4 rounded-md bg-accent-soft px-3 py-2 text-accent">
          Proposed from {events === 1 ? "the one recent event" : `the ${events} newest events`} of this action. Look it
          over before you create it.
        </p>
      )}
      <SchemaForm environmentId={environmentId} name={name} start={schema ? draftOf(schema) : EMPTY_DRAFT} />
    </>
  );
}
