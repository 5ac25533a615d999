import { createServer } from "node:net";

/** Returns a loopback port that is free right now: `preferred` if it is free, otherwise any. */
export function freePort(preferred?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => (preferred === undefined ? reject(error) : resolve(freePort())));
    server.listen({ port: preferred ?? 0, host: "127.0.0.1" }, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("The TCP server has no port."));
        else resolve(address.port);
      });
    });
  });
}
