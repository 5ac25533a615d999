// How long things may take; milliseconds. Where the database is away or the process is asked to stop, each is made from
// those that it must outlast, so that nothing is cut off by whoever waits for it.

/** How long PostgreSQL may look for what somebody waits for on a screen or through the API; then it is given up. */
export const READ_PATIENCE = 5_000;

/** How long an accepted event waits for the database; then it is refused, so that its sender may repeat it. */
export const EVENT_PATIENCE = 10_000;

/** How long the web process that is asked to stop answers what it has accepted. */
export const ANSWER_PATIENCE = EVENT_PATIENCE + 5_000;

/** How long the worker that is asked to stop waits for its running steps; then they are left to the next start. */
export const STEP_PATIENCE = 20_000;

/** How long the start command waits for both, before it ends them by force. Under Kubernetes' 30 seconds. */
export const PROCESS_PATIENCE = Math.max(ANSWER_PATIENCE, STEP_PATIENCE) + 5_000;
