"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ProblemNotice } from "@/components/feedback/problem-notice";
import { Timestamp } from "@/components/time/timestamp";
import { useTRPC } from "@/components/trpc/context";
import { problemOf } from "@/components/trpc/problem";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { Skeleton } from "@/components/ui/skeleton";
import type { MemberSessionView } from "@/schemas/team/account";

/** Lists the browsers in which the member is signed in, and can end each session. */
export function SessionList() {
  const trpc = useTRPC();
  const sessions = useQuery(trpc.account.sessions.queryOptions());
  if (sessions.error && !sessions.data)
    return <ProblemNotice what="your sessions" error={sessions.error} onRetry={() => void sessions.refetch()} />;
  if (!sessions.data) {
    return (
      <div role="status" aria-label="Loading your sessions">
        <Skeleton className="h-9" />
      </div>
    );
  }
  return (
    <ul aria-label="Sessions" className="divide-y">
      {sessions.data.map((session) => (
        <SessionItem key={session.id} session={session} />
      ))}
    </ul>
  );
}

function SessionItem({ session }: { readonly session: MemberSessionView }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { id, browser, address, lastUsedAt, isCurrent } = session;
  const end = useMutation(
    trpc.account.endSession.mutationOptions({
      onSuccess: async () => {
        if (isCurrent) return location.assign("/sign-in");
        await queryClient.invalidateQueries(trpc.account.sessions.queryFilter());
      },
    }),
  );
  return (
    <li className="grid gap-2 py-3 first:pt-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {browser}
            {isCurrent && <Badge tone="positive">This browser</Badge>}
          </p>
          <p className="text-muted wrap-anywhere">
            {address}, last used <Timestamp time={lastUsedAt} />
          </p>
        </div>
        <Button
          aria-label={`End session: ${browser}, ${address}${isCurrent ? " (this browser)" : ""}`}
          busy={end.isPending || (isCurrent && end.isSuccess)}
          onClick={() => end.mutate({ sessionId: id })}
        >
          End session
        </Button>
      </div>
      {end.error && <FormProblem message={problemOf(end.error).message} />}
    </li>
  );
}
