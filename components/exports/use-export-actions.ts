"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { useToast } from "@/components/ui/toast";

/** What can be done with an export once it is there. Download addresses live for minutes, so each click asks for a new one. */
export function useExportActions() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const download = useMutation(
    trpc.exports.download.mutationOptions({
      onSuccess: ({ url }) => location.assign(url),
      onError: (error) =>
        toast({ tone: "danger", title: "The file could not be downloaded", description: problemOf(error).message }),
    }),
  );
  const cancel = useMutation(
    trpc.exports.cancel.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.exports.pathFilter()),
      onError: (error) =>
        toast({ tone: "danger", title: "The export could not be cancelled", description: problemOf(error).message }),
    }),
  );
  const runAgain = useMutation(
    trpc.exports.runAgain.mutationOptions({
      onSuccess: async () => {
        toast({ tone: "positive", title: "Export started", description: "It goes on when you leave this page." });
        await queryClient.invalidateQueries(trpc.exports.pathFilter());
      },
      onError: (error) =>
        toast({ tone: "danger", title: "The export could not be started", description: problemOf(error).message }),
    }),
  );
  return { download, cancel, runAgain };
}
