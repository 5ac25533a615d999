"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { useTRPC } from "@/components/trpc/context";
import { problemOf } from "@/components/trpc/problem";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { Skeleton } from "@/components/ui/skeleton";
import { SettingsSection } from "./settings-section";

/** Chooses whether events with unknown actions are rejected. */
export function StrictActions({ canManage }: { readonly canManage: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const id = useId();
  const strict = useQuery(trpc.settings.strictActions.queryOptions());
  const change = useMutation(
    trpc.settings.setStrictActions.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.settings.pathFilter()),
    }),
  );
  if (strict.error && strict.data === undefined)
    return <ProblemNotice what="settings" error={strict.error} onRetry={() => void strict.refetch()} />;
  return (
    <SettingsSection
      title="Unknown actions"
      description="By default, events with unknown actions are accepted and the action is added to the list."
    >
      {strict.data === undefined ? (
        <Skeleton />
      ) : (
        <div className="flex items-start gap-3">
          <input
            id={id}
            type="checkbox"
            className="mt-1 size-4 accent-(--color-accent)"
            aria-describedby={`${id}-note`}
            checked={change.isPending ? change.variables.strict : strict.data}
            disabled={!canManage}
            // Not disabled while saving, because that would take away the focus.
            aria-busy={change.isPending}
            onChange={(event) => !change.isPending && change.mutate({ strict: event.target.checked })}
          />
          <div>
            <label htmlFor={id} className="font-medium">
              Reject events with unknown actions
            </label>
            <p id={`${id}-note`} className="text-muted">
              They stay under Rejected events for 7 days.
            </p>
          </div>
        </div>
      )}
      {change.error && <FormProblem message={problemOf(change.error).message} />}
    </SettingsSection>
  );
}
