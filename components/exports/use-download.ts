"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { useToast } from "@/components/ui/overlays/toast";

/** Downloads the file of an export. Its URL expires within minutes, so each click requests a new one. */
export function useDownload() {
  const trpc = useTRPC();
  const toast = useToast();
  return useMutation(
    trpc.exports.download.mutationOptions({
      onSuccess: ({ url }) => location.assign(url),
      onError: (error) =>
        toast({ tone: "danger", title: "Couldn’t download the file", description: problemOf(error).message }),
    }),
  );
}
