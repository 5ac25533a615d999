import { createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen } from "@/server/testing/listen";

/** An answer that is not the server's, given before the server has seen the request or after it has done its work. */
export interface Fault {
  readonly status: number;
  readonly when: "before" | "after";
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FlakyProxy {
  readonly url: string;
  /** What becomes of the next requests, in order; later ones pass. */
  readonly faults: Fault[];
  /** The idempotency keys of what came in so far. */
  readonly keys: (string | undefined)[];
  /** The statuses of what was passed on. */
  readonly answered: number[];
  close(): Promise<void>;
}

/** A proxy in front of `target` that loses answers, as a network or a restarting server does. */
export async function startFlakyProxy(target: string): Promise<FlakyProxy> {
  const faults: Fault[] = [];
  const keys: (string | undefined)[] = [];
  const answered: number[] = [];
  const server = createServer(async (request, response) => {
    keys.push(one(request, "idempotency-key"));
    const fault = faults.shift();
    const body = new Uint8Array(await buffer(request));
    if (fault?.when !== "before") {
      const answer = await forward(target, request, body);
      answered.push(answer.status);
      if (!fault)
        return void response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    }
    const lost = JSON.stringify({ message: "The answer was lost." });
    response.writeHead(fault.status, { "content-type": "application/json", ...fault.headers }).end(lost);
  });
  const { url, close } = await listen(server);
  return {
    url,
    faults,
    keys,
    answered,
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
