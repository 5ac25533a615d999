import { Server as HttpServer } from "node:http";
import type { AddressInfo, Server } from "node:net";

/** A server that listens on a free port of this machine. */
export interface Listening {
  readonly port: number;
  /** With `http:`, and no slash at its end. */
  readonly url: string;
  /** Ends it, and over HTTP whatever is still connected. */
  close(): Promise<void>;
}

export async function listening(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // What a server that listens on a port answers.
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
