import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, splitLink } from "@trpc/client";
import superjson from "superjson";
import { MAX_CALLS_PER_REQUEST } from "@/schemas/limits";
import type { AppRouter } from "@/server/trpc/root";
import { problemOf } from "./problem";

/** A page's query cache. What the caller got wrong is not tried again; what the network or the server did is, twice. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && problemOf(error).isPassing,
      },
    },
  });
}

/** What may take a second where a list takes milliseconds: each is asked for by itself, so that nothing else waits for it. */
const SLOW: readonly string[] = ["events.count", "events.histogram", "exports.estimate"];

/** A client of the endpoint `url`, which sends `headers` with each call. Always by POST: filters can be longer than an address. */
export function createTrpcClient(url: string, headers: Record<string, string>) {
  const options = { url, transformer: superjson, methodOverride: "POST", headers } as const;
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ path }) => SLOW.includes(path),
        true: httpBatchLink({ ...options, maxItems: 1 }),
        false: httpBatchLink({ ...options, maxItems: MAX_CALLS_PER_REQUEST }),
      }),
    ],
  });
}
