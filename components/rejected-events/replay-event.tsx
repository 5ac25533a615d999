"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { describeViolation } from "@/components/event-schemas/violation-list";
import { useTRPC } from "@/components/trpc/context";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/overlays/toast";
import type { RejectedEvent, ReplayOutcome } from "@/schemas/events/rejected-event";

/** The “Replay” button of a rejected event. */
export function ReplayEvent({ item }: { readonly item: RejectedEvent }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const replay = useMutation(
    trpc.rejectedEvents.replay.mutationOptions({
      onSuccess: async (outcome) => {
        // The refreshed list shows the new reason or links to the event.
        if (outcome.status === "rejected")
          toast({ tone: "danger", title: "Still rejected", description: reasonOf(outcome) });
        else toast({ tone: "positive", title: outcome.status === "stored" ? "Event stored" : "Already stored" });
        await queryClient.invalidateQueries(trpc.rejectedEvents.pathFilter());
      },
      onError: (error) =>
        toast({ tone: "danger", title: "Couldn’t replay the event", description: problemOf(error).message }),
    }),
  );
  return (
    <Button
      size="sm"
      busy={replay.isPending}
      aria-label={`Replay ${item.action ?? "event without an action"}`}
      onClick={() => replay.mutate({ rejectedEventId: item.id })}
    >
      <RotateCcw aria-hidden className="size-3.5!" />
      Replay
    </Button>
  );
}

/** Returns the first problem of the event, since the message alone only says that validation failed. */
function reasonOf({ message, violations: [first] }: Extract<ReplayOutcome, { status: "rejected" }>): string {
  if (!first) return message;
  const { place, problem } = describeViolation(first);
  return place ? `${place} ${problem}` : problem;
}
