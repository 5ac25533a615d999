import { Inngest } from "inngest";
import type { Services } from "@/server/kernel/services";

export type InngestClient = Inngest;

export interface InngestOptions {
  readonly eventKey?: string | undefined;
  readonly signingKey?: string | undefined;
  readonly signingKeyFallback?: string | undefined;
  /** The URL of a self-hosted server; Inngest Cloud if undefined. */
  readonly baseUrl?: string | undefined;
  /** Sends the requests to the server; the embedded runner replaces it. */
  readonly fetch?: typeof fetch | undefined;
}

/** Creates the client for the functions. It verifies signatures unless the operator sets `INNGEST_DEV`. */
export function createInngestClient({
  eventKey,
  signingKey,
  signingKeyFallback,
  baseUrl,
  fetch,
}: InngestOptions): InngestClient {
  return new Inngest({
    id: "trailport",
    ...(eventKey !== undefined && { eventKey }),
    ...(signingKey !== undefined && { signingKey }),
    ...(signingKeyFallback !== undefined && { signingKeyFallback }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(fetch !== undefined && { fetch }),
  });
}

/** Returns `Services.send` for a client. */
export function sendThrough(inngest: InngestClient): Services["send"] {
  return async (events) => {
    await inngest.send([...events]);
  };
}
