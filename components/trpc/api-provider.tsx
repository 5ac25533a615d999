"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { TRPCProvider } from "./context";
import { createQueryClient, createTrpcClient } from "./create-clients";

interface ApiProviderProps {
  /** `/api/trpc` serves the dashboard and emailed links; `/api/portal` serves customers with a portal session cookie. */
  readonly url: "/api/trpc" | "/api/portal";
  /**
   * The dashboard environment, sent with every call. Pass it as `key` too, so that no cached data carries over from one
   * environment to another.
   */
  readonly environmentId?: string;
  /** The portal session that the page was rendered for, sent with every call. Pass it as `key` too. */
  readonly portalSession?: string;
  readonly children: ReactNode;
}

/** Provides the tRPC client and its query cache to everything below it. */
export function ApiProvider({ url, environmentId, portalSession, children }: ApiProviderProps) {
  const [queryClient] = useState(createQueryClient);
  const [trpcClient] = useState(() =>
    createTrpcClient(url, {
      ...(environmentId !== undefined && { "x-trailport-environment": environmentId }),
      ...(portalSession !== undefined && { "x-trailport-portal-session": portalSession }),
    }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider queryClient={queryClient} trpcClient={trpcClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
