import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Makes sure that the web process will be able to listen.
 *
 * @param patience how long, in milliseconds, whoever holds the port may take to let go of it.
 * @throws Error in one sentence when it will not.
 */
export async function checkPort(host: string, port: number, patience: number): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    const refusal = await tryToListen(host, port);
    if (refusal === undefined) return;
    if (refusal.code !== "EADDRINUSE" || Date.now() > deadline) throw new Error(explain(refusal, host, port));
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
  if (error.code === "EADDRINUSE") return `Port ${port} is in use. Choose another: PORT=${port + 1} npm start`;
  if (error.code === "EACCES") return `Port ${port} may only be used by root. Choose another: PORT=3000 npm start`;
  return `HOST=${host} PORT=${port} cannot be listened on (${error.code ?? error.message}).`;
}
