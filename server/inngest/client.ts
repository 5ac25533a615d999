import { Inngest } from "inngest";
import { currentRequestId } from "@/server/kernel/request-context";
import type { Logger } from "@/server/kernel/ports/logger";
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
  /** Gets the SDK's own warnings and errors; without it, the console does. */
  readonly log?: Logger | undefined;
}

/** Creates the client for the functions. It verifies signatures unless the operator sets `INNGEST_DEV`. */
export function createInngestClient({
  eventKey,
  signingKey,
  signingKeyFallback,
  baseUrl,
  fetch,
  log,
}: InngestOptions): InngestClient {
  return new Inngest({
    id: "trailport",
    ...(eventKey !== undefined && { eventKey }),
    ...(signingKey !== undefined && { signingKey }),
    ...(signingKeyFallback !== undefined && { signingKeyFallback }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(fetch !== undefined && { fetch }),
    ...(log !== undefined && { internalLogger: sdkLogger(log) }),
  });
}

/** Returns a logger for the SDK, which logs either fields and a message or only a message. */
function sdkLogger(log: Logger) {
  const through =
    (level: "warn" | "error") =>
    (...[first, second]: readonly unknown[]) => {
      const [fields, message] = typeof first === "object" && first !== null ? [first, second] : [{}, first];
      // Anyone can send such calls. `warnOfRejectedCalls` logs those of an Inngest server.
      if (message !== "Signature validation failed") log[level](fields, `inngest: ${String(message)}`);
    };
  const ignore = () => undefined;
  return { debug: ignore, info: ignore, warn: through("warn"), error: through("error") };
}

/** Returns `Services.send` for a client. The events name the request that sends them. */
export function sendThrough(inngest: InngestClient): Services["send"] {
  return async (events) => {
    const requestId = currentRequestId();
    await inngest.send(events.map((event) => ({ ...event, data: { ...event.data, ...(requestId && { requestId }) } })));
  };
}
