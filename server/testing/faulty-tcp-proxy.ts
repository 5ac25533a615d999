import { connect, createServer, type Socket } from "node:net";
import { listen } from "./listen";

export interface FaultyTcpProxy {
  /** The target's URL through the proxy. */
  readonly url: string;
  /** From now on, no data passes in either direction on any connection, but no connection breaks. */
  silence(): void;
  /** Breaks every connection, and each new one immediately. */
  cut(): void;
  /** New connections work again; silenced ones stay silent. */
  restore(): void;
  close(): Promise<void>;
}

/** Starts a proxy in front of a database that simulates a network or server failure: silent, or breaking all connections. */
export async function startFaultyTcpProxy(target: string): Promise<FaultyTcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let state: "working" | "silent" | "cut" = "working";
  const keep = (socket: Socket) => {
    sockets.add(socket);
    return socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (state === "cut") client.destroy();
    if (state !== "working") return;
    const upstream = keep(connect(Number(port), hostname));
    client.pipe(upstream).pipe(client);
    client.once("close", () => upstream.destroy());
    upstream.once("close", () => client.destroy());
  });
  const own = await listen(server);
  const url = new URL(target);
  url.host = `127.0.0.1:${own.port}`;
  const breakAll = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    silence() {
      state = "silent";
      for (const socket of sockets) socket.unpipe().pause();
    },
    cut() {
      state = "cut";
      breakAll();
    },
    restore: () => void (state = "working"),
    async close() {
      breakAll();
      await own.close();
    },
  };
}
