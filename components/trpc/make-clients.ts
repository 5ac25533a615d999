import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/root";
import { problemOf } from "./problem";

/** A page's query cache. What the caller got wrong is not tried again; what the network or the server did is, twice. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && problemOf(error).isPassing,
      },
    },
  });
}

/** A client of the endpoint `url`, which sends `headers` with each call. Always by POST: filters can be longer than an address. */
export function makeTrpcClient(url: string, headers: Record<string, string>) {
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url, transformer: superjson, methodOverride: "POST", headers })],
  });
}
