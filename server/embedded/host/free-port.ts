import { createServer } from "node:net";

/** A loopback port that nobody listened on a moment ago: `preferred` when that is free. */
export function freePort(preferred?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => (preferred === undefined ? reject(error) : resolve(freePort())));
    server.listen({ port: preferred ?? 0, host: "127.0.0.1" }, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("A TCP server without a port"));
        else resolve(address.port);
      });
    });
  });
}
