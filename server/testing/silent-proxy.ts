import { connect, createServer, type Socket } from "node:net";

export interface SilentProxy {
  /** The target's address, by way of the proxy. */
  readonly url: string;
  /** From now on nothing comes through in either direction, on no connection, and no connection breaks. */
  silence(): void;
  /** New connections work again; the old ones stay silent. */
  speak(): void;
  close(): Promise<void>;
}

/** Stands before a database like a network that has gone away without a word. */
export async function startSilentProxy(target: string): Promise<SilentProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((client) => {
    sockets.add(client.on("error", () => undefined));
    if (silent) return;
    const upstream = connect(Number(port), hostname);
    sockets.add(upstream.on("error", () => undefined));
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  const url = new URL(target);
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.href,
    silence() {
      silent = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    speak: () => void (silent = false),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
