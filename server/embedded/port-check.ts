import { createServer } from "node:net";

/**
 * Makes sure that the web process will be able to listen.
 *
 * @throws Error in one sentence when it will not.
 */
export function checkPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => reject(new Error(explain(error, host, port))));
    server.listen({ port, host }, () => server.close(() => resolve()));
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === "EADDRINUSE") return `Port ${port} is in use. Choose another: PORT=${port + 1} npm start`;
  if (error.code === "EACCES") return `Port ${port} may only be used by root. Choose another: PORT=3000 npm start`;
  return `HOST=${host} PORT=${port} cannot be listened on (${error.code ?? error.message}).`;
}
