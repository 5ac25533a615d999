"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { useToast } from "@/components/ui/overlays/toast";

/** Fetches the file of an export. Its address lives for minutes, so each click asks for a new one. */
export function useDownload() {
  const trpc = useTRPC();
  const toast = useToast();
  return useMutation(
    trpc.exports.download.mutationOptions({
      onSuccess: ({ url }) => location.assign(url),
      onError: (error) =>
        toast({ tone: "danger", title: "The file could not be downloaded", description: problemOf(error).message }),
    }),
  );
}
