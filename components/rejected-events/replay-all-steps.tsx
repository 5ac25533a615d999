"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/trpc/context";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { DialogActions } from "@/components/ui/overlays/dialog";

interface Progress {
  readonly accepted: number;
  readonly rejected: number;
  readonly next: string | null;
}

/**
 * Asks for confirmation, then replays all pending events in batches and shows the progress. Closing the dialog stops after
 * the current batch.
 */
export default function ReplayAllSteps({ onClose }: { readonly onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const isClosed = useRef(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const batch = useMutation(trpc.rejectedEvents.replayAll.mutationOptions());
  const all = useMutation({
    mutationFn: async (from: Progress) => {
      let reached = from;
      do {
        const { accepted, rejected, next } = await batch.mutateAsync({ after: reached.next });
        reached = { accepted: reached.accepted + accepted, rejected: reached.rejected + rejected, next };
        setProgress(reached);
      } while (reached.next !== null && !isClosed.current);
    },
    onSettled: () => queryClient.invalidateQueries(trpc.rejectedEvents.pathFilter()),
  });
  useEffect(() => {
    isClosed.current = false;
    return () => void (isClosed.current = true);
  }, []);
  const start = () => all.mutate(progress ?? { accepted: 0, rejected: 0, next: null });
  return (
    <>
      <p className="text-muted">
        Resends all pending events unchanged, oldest first. Accepted events are stored only once; the rest stay here
        with the new reason.
      </p>
      <div role="status" className="mt-4 font-medium empty:hidden">
        {progress ? progressLabel(progress, all.isPending) : all.isPending ? "Replaying…" : null}
      </div>
      {all.error && (
        <div className="mt-4">
          <FormProblem message={problemOf(all.error).message} />
        </div>
      )}
      <DialogActions>
        <Button onClick={onClose}>{all.isIdle ? "Cancel" : "Close"}</Button>
        {!all.isSuccess && (
          <Button tone="primary" busy={all.isPending} onClick={start}>
            {all.isPending ? "Replaying…" : all.isError ? "Continue" : "Replay all"}
          </Button>
        )}
      </DialogActions>
    </>
  );
}

function progressLabel({ accepted, rejected }: Progress, isPending: boolean): string {
  if (accepted + rejected === 0) return isPending ? "Replaying…" : "Nothing to replay.";
  const format = (count: number) => count.toLocaleString("en-US");
  const soFar = isPending ? " so far…" : ".";
  return `${format(accepted)} accepted, ${format(rejected)} still rejected${soFar}`;
}
