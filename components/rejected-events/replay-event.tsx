"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/overlays/toast";
import type { RejectedEvent } from "@/schemas/events/rejected-event";

/** The button that sends one rejected event again. */
export function ReplayEvent({ item }: { readonly item: RejectedEvent }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const replay = useMutation(
    trpc.rejectedEvents.replay.mutationOptions({
      onSuccess: async (outcome) => {
        // The list says the rest: the new reason, or where the event is.
        if (outcome.status === "refused")
          toast({ tone: "danger", title: "Refused again", description: outcome.message });
        else toast({ tone: "positive", title: outcome.status === "stored" ? "Event stored" : "It was stored before" });
        await queryClient.invalidateQueries(trpc.rejectedEvents.pathFilter());
      },
      onError: (error) => toast({ tone: "danger", title: "Not replayed", description: problemOf(error).message }),
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
