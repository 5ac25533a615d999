// Timeouts in milliseconds. Those for an unavailable database and for a shutdown are derived from the ones that they must
// outlast, so that no caller gives up on work that can still finish.

/** How long PostgreSQL may run a query that a user or an API client waits for before it is canceled. */
export const READ_TIMEOUT = 5_000;

/** How long an accepted event waits for the database before it is rejected, so that its sender can retry. */
export const EVENT_TIMEOUT = 10_000;

/** How long a new connection, or the next request on one, may take until the request's headers are complete. */
export const HEADERS_TIMEOUT = 10_000;

/** How long the body of a request may take. Larger bodies get more time, as long as enough of them arrives. */
export const BODY_TIMEOUT = 15_000;

/** How long a web process that shuts down takes to answer the requests that it has accepted. */
export const WEB_SHUTDOWN_TIMEOUT = EVENT_TIMEOUT + 5_000;

/** How long a worker that shuts down waits for running steps before it leaves them to the next start. */
export const WORKER_SHUTDOWN_TIMEOUT = 20_000;

/** How many seconds a stopping process accepts requests while readiness reports that it stops, unless configured. */
export const DEFAULT_DRAIN_SECONDS = 5;

/**
 * Returns how long the start command waits for both processes before it kills them. By default, less than the 30 seconds
 * of Kubernetes.
 */
export function shutdownTimeout(drainSeconds: number): number {
  return Math.max(WEB_SHUTDOWN_TIMEOUT + drainSeconds * 1_000, WORKER_SHUTDOWN_TIMEOUT) + 5_000;
}
