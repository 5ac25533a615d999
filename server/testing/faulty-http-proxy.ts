import { createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import { listening } from "./listen";

/** What becomes of a call: an empty answer of this status, none in time, a connection that breaks, or half of the body. */
export type Fault = 200 | 403 | 500 | 503 | 507 | "silent" | "broken" | "short" | "lost";

export interface FaultyProxy {
  readonly url: string;
  /** How many calls have come in. */
  calls: number;
  /** What becomes of a call, by its number from 1, or by what it asks for; null lets it pass. */
  fault: (call: number, request: IncomingMessage) => Fault | null;
  close(): Promise<void>;
}

/** Stands before a server whose network and disks are not to be relied upon. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
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
  const { url, close } = await listening(server);
  const proxy: FaultyProxy = {
    url,
    calls: 0,
    fault: () => null,
    close,
  };
  return proxy;
}

/** `lost`: the server does its work, and its answer does not arrive. */
function forward(target: string, request: IncomingMessage, response: ServerResponse, fault: "short" | "lost" | null) {
  const { method, url = "/", headers } = request;
  // Signed for the proxy's own host, as the header says.
  const passed = ask(new URL(url, target), { method, headers }, (answer) => {
    if (fault === "lost") return void answer.resume().once("end", () => response.destroy());
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    if (fault !== "short") return void answer.pipe(response);
    answer.once("end", () => response.destroy());
    answer.on("data", (chunk: Buffer) => response.write(chunk.subarray(0, chunk.length >> 1)));
  });
  passed.once("error", () => response.destroy());
  request.pipe(passed);
}
