"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef } from "react";
import { useTRPC } from "@/components/trpc/context";

const LOOK_AGAIN = 3_000;

/** Whether the environment still waits for its first event. When that comes, it leads to the organization that has it. */
export function useFirstEvent(environmentId: string): { readonly isAwaited: boolean } {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const hasWaited = useRef(false);
  const { data } = useQuery({
    ...trpc.organizations.withEvents.queryOptions(),
    staleTime: 0,
    // An answer of an earlier visit must not make a later one look as if it had waited here.
    gcTime: 0,
    refetchInterval: ({ state }) => (state.data === null ? LOOK_AGAIN : false),
  });
  const look = useEffectEvent((found: { readonly id: string } | null) => {
    if (found === null) hasWaited.current = true;
    else if (hasWaited.current) {
      router.push(`/dashboard/${environmentId}/organizations/${found.id}`);
      void queryClient.invalidateQueries(trpc.organizations.list.pathFilter());
    }
  });
  useEffect(() => {
    if (data !== undefined) look(data);
  }, [data]);
  return { isAwaited: data === null };
}
