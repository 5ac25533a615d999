"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef } from "react";
import { useTRPC } from "@/components/trpc/context";

/** Milliseconds between polls. */
const POLL_INTERVAL = 3_000;

/** Returns whether the environment has no events yet. When the first one arrives, opens the page of its organization. */
export function useFirstEvent(environmentId: string): { readonly isAwaited: boolean } {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const hasWaited = useRef(false);
  const { data } = useQuery({
    ...trpc.organizations.withEvents.queryOptions(),
    staleTime: 0,
    // A cached “no events” from an earlier visit would count as waiting and redirect the user.
    gcTime: 0,
    refetchInterval: ({ state }) => (state.data === null ? POLL_INTERVAL : false),
  });
  const onResult = useEffectEvent((found: { readonly id: string } | null) => {
    if (found === null) hasWaited.current = true;
    else if (hasWaited.current) {
      router.push(`/dashboard/${environmentId}/organizations/${found.id}`);
      void queryClient.invalidateQueries(trpc.organizations.list.pathFilter());
    }
  });
  useEffect(() => {
    if (data !== undefined) onResult(data);
  }, [data]);
  return { isAwaited: data === null };
}
