import { connect, createServer, type Socket } from "node:net";
import { listening } from "./listen";

export interface UnreliableProxy {
  /** The target's address, by way of the proxy. */
  readonly url: string;
  /** From now on nothing comes through in either direction, on no connection, and no connection breaks. */
  silence(): void;
  /** Breaks every connection, and each new one at once. */
  cut(): void;
  /** New connections work again; silent ones stay silent. */
  mend(): void;
  close(): Promise<void>;
}

/** Stands before a database like a network, or a server, that goes away: without a word, or with every connection. */
export async function startUnreliableProxy(target: string): Promise<UnreliableProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let state: "whole" | "silent" | "cut" = "whole";
  const keep = (socket: Socket) => {
    sockets.add(socket);
    return socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (state === "cut") client.destroy();
    if (state !== "whole") return;
    const upstream = keep(connect(Number(port), hostname));
    client.pipe(upstream).pipe(client);
    client.once("close", () => upstream.destroy());
    upstream.once("close", () => client.destroy());
  });
  const own = await listening(server);
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
    mend: () => void (state = "whole"),
    async close() {
      breakAll();
      await own.close();
    },
  };
}
