"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/overlays/dialog";
import { FormProblem } from "@/components/ui/forms/form-problem";

interface Progress {
  readonly accepted: number;
  readonly refused: number;
  readonly next: string | null;
}

/** The question, the lots one after another, and what became of them. Closing it stops after the lot under way. */
export default function ReplayAllSteps({ onClose }: { readonly onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const isClosed = useRef(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const lot = useMutation(trpc.rejectedEvents.replayAll.mutationOptions());
  const all = useMutation({
    mutationFn: async (start: Progress) => {
      let reached = start;
      do {
        const { accepted, refused, next } = await lot.mutateAsync({ after: reached.next });
        reached = { accepted: reached.accepted + accepted, refused: reached.refused + refused, next };
        setProgress(reached);
      } while (reached.next !== null && !isClosed.current);
    },
    onSettled: () => queryClient.invalidateQueries(trpc.rejectedEvents.pathFilter()),
  });
  useEffect(() => {
    isClosed.current = false;
    return () => void (isClosed.current = true);
  }, []);
  const begin = () => all.mutate(progress ?? { accepted: 0, refused: 0, next: null });
  return (
    <>
      <p className="text-muted">
        Every event that waits is sent again as it was, oldest first. What is accepted is stored once, however often it
        is replayed; what is refused again stays here with the new reason.
      </p>
      <div role="status" className="mt-4 font-medium empty:hidden">
        {progress ? words(progress, all.isPending) : all.isPending ? "Replaying…" : null}
      </div>
      {all.error && (
        <div className="mt-4">
          <FormProblem message={problemOf(all.error).message} />
        </div>
      )}
      <DialogActions>
        <Button onClick={onClose}>{all.isIdle ? "Cancel" : "Close"}</Button>
        {!all.isSuccess && (
          <Button tone="primary" busy={all.isPending} onClick={begin}>
            {all.isPending ? "Replaying…" : all.isError ? "Go on" : "Replay all"}
          </Button>
        )}
      </DialogActions>
    </>
  );
}

function words({ accepted, refused }: Progress, isPending: boolean): string {
  if (accepted + refused === 0) return isPending ? "Replaying…" : "There was nothing to replay.";
  const format = (count: number) => count.toLocaleString("en");
  const soFar = isPending ? " so far…" : ".";
  return `${format(accepted)} accepted, ${format(refused)} refused again${soFar}`;
}
