"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { TRPCProvider } from "./context";
import { makeQueryClient, makeTrpcClient } from "./create-clients";

interface StaffProviderProps {
  /** Of the URL. Give it as `key` too, so that nothing cached crosses from one environment to another. */
  readonly environmentId: string;
  readonly children: ReactNode;
}

/** The dashboard's client: the vendor's staff, in one environment. */
export function StaffProvider({ environmentId, children }: StaffProviderProps) {
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(() => makeTrpcClient("/api/trpc", { "x-trailport-environment": environmentId }));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider queryClient={queryClient} trpcClient={trpcClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
