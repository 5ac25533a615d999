import { Agent, createServer, type IncomingMessage, request as sendRequest, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen } from "@/server/testing/listen";

const CHECK_INTERVAL = 200;

export interface Balancer {
  readonly url: string;
  /** The requests that each node has answered, by URL. */
  readonly answered: ReadonlyMap<string, number>;
  /** Waits until the balancer passes requests to this node. */
  untilServing(node: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a load balancer that passes requests to the nodes in turn, to those alone whose readiness check responds with 200.
 * Like common balancers, it tries another node only if one refuses the connection: any other failure reaches the client.
 */
export async function startBalancer(nodes: readonly string[]): Promise<Balancer> {
  const answered = new Map<string, number>(nodes.map((url) => [url, 0]));
  const healthy = new Set<string>();
  const agent = new Agent({ keepAlive: false });
  let turn = 0;

  const checks = new Map<string, Promise<void>>();
  // One check of a node at a time, so that no late response of an earlier one counts.
  const check = (url: string): Promise<void> => {
    const running = checks.get(url);
    if (running) return running;
    const begun = fetch(`${url}/api/health/ready`)
      .catch(() => null)
      .then((response) => {
        checks.delete(url);
        if (response?.ok) healthy.add(url);
        else healthy.delete(url);
      });
    checks.set(url, begun);
    return begun;
  };
  const timer = setInterval(() => nodes.forEach((url) => void check(url)), CHECK_INTERVAL);

  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    turn += 1;
    const inTurn = nodes.map((_, index) => nodes[(turn + index) % nodes.length] ?? "");
    for (const node of inTurn.filter((url) => healthy.has(url))) {
      const reply = await send(agent, node, request, body);
      if (reply === "refused") continue;
      if (reply === null) break;
      answered.set(node, (answered.get(node) ?? 0) + 1);
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.once("error", () => response.destroy()).pipe(response);
      return;
    }
    response.writeHead(502).end("No node responded.");
  };
  const server = createServer((request, response) => void pass(request, response).catch(() => response.destroy()));
  const { url, close } = await listen(server);
  return {
    url,
    answered,
    async untilServing(node) {
      while (!healthy.has(node)) await check(node);
    },
    async close() {
      clearInterval(timer);
      await close();
    },
  };
}

/** Returns null if the connection broke. */
function send(
  agent: Agent,
  node: string,
  { method, url, headers: received, socket }: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage | "refused" | null> {
  return new Promise((resolve) => {
    const headers = {
      ...received,
      connection: "close",
      "content-length": body.byteLength,
      "x-forwarded-for": socket.remoteAddress ?? "",
    };
    const options = { agent, method, headers };
    sendRequest(`${node}${url ?? "/"}`, options, resolve)
      .once("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED" ? "refused" : null))
      .end(body);
  });
}
