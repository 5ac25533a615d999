"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { useToast } from "@/components/ui/overlays/toast";
import { useFollowExport } from "./followed-exports";

/** Stopping an export. Who stops it need not be told how it ended. */
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
        toast({ tone: "danger", title: "The export could not be cancelled", description: problemOf(error).message }),
    }),
  );
}
