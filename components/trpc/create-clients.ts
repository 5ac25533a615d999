import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, getFetch, httpBatchLink, splitLink } from "@trpc/client";
import superjson from "superjson";
import { reloadOutdated } from "@/components/feedback/reload-outdated";
import { correctServerClock } from "@/components/time/server-clock";
import { MAX_CALLS_PER_REQUEST } from "@/schemas/limits";
import type { AppRouter } from "@/server/trpc/root";
import { problemOf } from "./problem";

/** Creates a page's query cache. Network and server failures are retried twice; rejected requests are not. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && problemOf(error).isTransient,
      },
    },
  });
}

/** Queries that can take a second where a list takes milliseconds. They are not batched, so that nothing waits for them. */
const SLOW: readonly string[] = ["events.count", "events.histogram", "exports.estimate"];

/** The server's version at this page's first response. */
let firstVersion: string | null = null;

/**
 * Like `fetch`, and corrects the server clock by each response. If a newer version of the server rejects a call, perhaps only
 * because this page is outdated, the page is reloaded.
 */
const fetchFromServer: typeof fetch = async (...request) => {
  const sentAt = Date.now();
  const response = await fetch(...request);
  correctServerClock(response.headers.get("date"), sentAt);
  const version = response.headers.get("x-trailport-version");
  firstVersion ??= version;
  // Batches with some failed calls have status 207.
  if (version !== null && version !== firstVersion && response.status !== 200) await reloadOutdated();
  return response;
};

/** Creates a client of the endpoint `url` that sends `headers` with each call. It uses POST, since filters can exceed URL limits. */
export function createTrpcClient(url: string, headers: Record<string, string>) {
  const options = {
    url,
    transformer: superjson,
    methodOverride: "POST",
    headers,
    fetch: getFetch(fetchFromServer),
  } as const;
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
