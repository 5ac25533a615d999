import { createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { listen } from "./listen";

/**
 * A status: an empty response with it. `silent`: no response. `broken`: the connection breaks at once. `short`: half of the
 * body, then the connection breaks. `lost`: the server handles the request, but its response does not arrive.
 */
export type Fault = 200 | 403 | 500 | 503 | 507 | "silent" | "broken" | "short" | "lost";

export interface FaultyHttpProxy {
  readonly url: string;
  /** The number of requests so far. */
  calls: number;
  /** Returns the fault of a request by its number, from 1, or by its content; null forwards it unchanged. */
  fault: (call: number, request: IncomingMessage) => Fault | null;
  close(): Promise<void>;
}

/** Starts a proxy in front of an HTTP server that simulates failures of its network and disks. */
export async function startFaultyHttpProxy(target: string): Promise<FaultyHttpProxy> {
  const server = createServer((request, response) => {
    proxy.calls += 1;
    const fault = proxy.fault(proxy.calls, request);
    if (fault === "silent") return void request.resume();
    if (fault === "broken") return void request.destroy();
    if (typeof fault === "number") {
      request.resume();
      return void request.once("end", () => response.writeHead(fault, { "content-length": 0 }).end());
    }
    forward(target, request, response, fault);
  });
  const { url, close } = await listen(server);
  const proxy: FaultyHttpProxy = {
    url,
    calls: 0,
    fault: () => null,
    close,
  };
  return proxy;
}

function forward(target: string, request: IncomingMessage, response: ServerResponse, fault: "short" | "lost" | null) {
  const { method, url = "/", headers } = request;
  // The `host` header stays the proxy's own, because the request is signed for it.
  const forwarded = sendRequest(new URL(url, target), { method, headers }, (reply) => {
    if (fault === "lost") return void reply.resume().once("end", () => response.destroy());
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    if (fault !== "short") return void reply.pipe(response);
    reply.once("end", () => response.destroy());
    reply.on("data", (chunk: Buffer) => response.write(chunk.subarray(0, chunk.length >> 1)));
  });
  forwarded.once("error", () => response.destroy());
  request.pipe(forwarded);
}
