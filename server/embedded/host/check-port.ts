import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Checks that the web process will be able to listen on this port.
 *
 * @param timeout how long to wait for another process to release the port, in milliseconds.
 * @throws Error in one sentence if the port is not available.
 */
export async function checkPort(host: string, port: number, timeout: number): Promise<void> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const error = await tryToListen(host, port);
    if (error === undefined) return;
    if (error.code !== "EADDRINUSE" || performance.now() > deadline) throw new Error(explain(error, host, port));
    await sleep(250);
  }
}

function tryToListen(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen({ port, host }, () => server.close(() => resolve(undefined)));
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === "EADDRINUSE") return `Port ${port} is in use. Choose another one: PORT=${port + 1} npm start`;
  if (error.code === "EACCES") return `Only root can use port ${port}. Choose another one: PORT=3000 npm start`;
  return `Trailport cannot listen on HOST=${host} PORT=${port} (${error.code ?? error.message}).`;
}
