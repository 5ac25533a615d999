import { Inngest } from "inngest";
import type { Services } from "@/server/kernel/services";

export type InngestClient = Inngest;

export interface InngestOptions {
  readonly eventKey?: string | undefined;
  readonly signingKey?: string | undefined;
  readonly signingKeyFallback?: string | undefined;
  /** Of a self-hosted server; without it, Inngest Cloud. */
  readonly baseUrl?: string | undefined;
  /** Carries the requests to the server; the embedded runner puts itself here. */
  readonly fetch?: typeof fetch | undefined;
}

/** The client that the functions are made with. It checks signatures, unless `INNGEST_DEV` is set by whoever runs it. */
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

/** `Services.send` over a client. */
export function sendThrough(inngest: InngestClient): Services["send"] {
  return async (events) => {
    await inngest.send([...events]);
  };
}
