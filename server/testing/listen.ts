import { Server as HttpServer } from "node:http";
import type { AddressInfo, Server } from "node:net";

/** A server that listens on a free local port. */
export interface Listening {
  readonly port: number;
  /** Starts with `http:`, without a trailing slash. */
  readonly url: string;
  /** Closes the server and, for HTTP, all of its connections. */
  close(): Promise<void>;
}

/** Starts a server on a free local port. */
export async function listen(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port returns this type.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if (server instanceof HttpServer) server.closeAllConnections();
      }),
  };
}
