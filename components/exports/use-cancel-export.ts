"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { useToast } from "@/components/ui/overlays/toast";
import { useFollowExport } from "./followed-exports";

/** Cancels an export and stops following it: the person who cancels it needs no toast when it ends. */
export function useCancelExport() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { unfollow } = useFollowExport();
  return useMutation(
    trpc.exports.cancel.mutationOptions({
      onMutate: ({ exportId }) => unfollow(exportId),
      onSuccess: () => queryClient.invalidateQueries(trpc.exports.pathFilter()),
      onError: (error) =>
        toast({ tone: "danger", title: "Couldn’t cancel the export", description: problemOf(error).message }),
    }),
  );
}
