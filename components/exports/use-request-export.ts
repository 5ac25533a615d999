"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { useToast } from "@/components/ui/overlays/toast";
import type { ToastMessage } from "@/components/ui/overlays/toast-viewport";
import { useFollowExport } from "./followed-exports";

/** Starting an export, for the first time or again: it is said that it has started, and later how it ended. */
export function useRequestExport(link?: ToastMessage["link"]) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { follow } = useFollowExport();
  const told = {
    onSuccess: async (started: { readonly id: string; readonly organizationId: string }) => {
      follow({ exportId: started.id, organizationId: started.organizationId });
      toast({
        tone: "positive",
        title: "Export started",
        description: "It goes on when you leave this page.",
        ...(link && { link }),
      });
      await queryClient.invalidateQueries(trpc.exports.pathFilter());
    },
    onError: (error: unknown) =>
      toast({ tone: "danger", title: "The export could not be started", description: problemOf(error).message }),
  };
  const request = useMutation(trpc.exports.request.mutationOptions(told));
  const runAgain = useMutation(trpc.exports.runAgain.mutationOptions(told));
  return { request, runAgain };
}
