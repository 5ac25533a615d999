"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { useToast } from "@/components/ui/overlays/toast";
import type { ToastMessage } from "@/components/ui/overlays/toast-viewport";
import { useFollowExport } from "./followed-exports";

/** Requests a new export or repeats an old one. Shows a toast when it starts and another one when it ends. */
export function useRequestExport(link?: ToastMessage["link"]) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { follow } = useFollowExport();
  const callbacks = {
    onSuccess: async (started: { readonly id: string; readonly organizationId: string }) => {
      follow({ exportId: started.id, organizationId: started.organizationId });
      toast({
        tone: "positive",
        title: "Export started",
        description: "You can leave this page.",
        ...(link && { link }),
      });
      await queryClient.invalidateQueries(trpc.exports.pathFilter());
    },
    onError: (error: unknown) =>
      toast({ tone: "danger", title: "Couldn’t start the export", description: problemOf(error).message }),
  };
  const request = useMutation(trpc.exports.request.mutationOptions(callbacks));
  const runAgain = useMutation(trpc.exports.runAgain.mutationOptions(callbacks));
  return { request, runAgain };
}
