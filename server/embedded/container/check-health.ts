/** How long the process may take to respond (ms). */
const TIMEOUT = 4_000;

/**
 * Checks that the process in this container responds on its port.
 * @throws Error if it doesn't, or with a server error
 */
export async function checkHealth(path: string): Promise<void> {
  const url = `http://127.0.0.1:${process.env["PORT"] || 3000}${path}`;
  const { status } = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) }).catch((error: unknown) => {
    throw new Error(`${url} does not respond.`, { cause: error });
  });
  if (status >= 500) throw new Error(`${url} responds with ${status}.`);
}
