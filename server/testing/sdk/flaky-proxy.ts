import { createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen } from "@/server/testing/listen";

/** An error response that replaces the server's, `before` the server receives the request or `after` it has processed it. */
export interface Fault {
  readonly status: number;
  readonly when: "before" | "after";
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FlakyProxy {
  readonly url: string;
  /** The faults of the next requests, in order; later requests have none. */
  readonly faults: Fault[];
  /** The idempotency keys of all requests so far. */
  readonly keys: (string | undefined)[];
  /** The statuses of all responses of the server so far. */
  readonly statuses: number[];
  close(): Promise<void>;
}

/** Starts a proxy in front of `target` that loses responses, like a network or a restarting server. */
export async function startFlakyProxy(target: string): Promise<FlakyProxy> {
  const faults: Fault[] = [];
  const keys: (string | undefined)[] = [];
  const statuses: number[] = [];
  const server = createServer(async (request, outgoing) => {
    keys.push(one(request, "idempotency-key"));
    const fault = faults.shift();
    const body = new Uint8Array(await buffer(request));
    if (fault?.when !== "before") {
      const response = await forward(target, request, body);
      statuses.push(response.status);
      if (!fault)
        return void outgoing
          .writeHead(response.status, Object.fromEntries(response.headers))
          .end(await response.text());
    }
    const lost = JSON.stringify({ message: "The response was lost." });
    outgoing.writeHead(fault.status, { "content-type": "application/json", ...fault.headers }).end(lost);
  });
  const { url, close } = await listen(server);
  return {
    url,
    faults,
    keys,
    statuses,
    close,
  };
}

async function forward(target: string, request: IncomingMessage, body: Uint8Array<ArrayBuffer>): Promise<Response> {
  const headers = new Headers({ "content-type": "application/json", "accept-encoding": "identity" });
  for (const name of ["authorization", "idempotency-key"]) {
    const value = one(request, name);
    if (value !== undefined) headers.set(name, value);
  }
  const { method = "", url = "" } = request;
  return fetch(target + url, { method, headers, ...(body.length > 0 && { body }) });
}

function one(request: IncomingMessage, header: string): string | undefined {
  const value = request.headers[header];
  return Array.isArray(value) ? value[0] : value;
}
