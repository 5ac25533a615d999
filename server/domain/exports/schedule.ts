// When exports move from state to state (see export-store.ts), in milliseconds, and how many are written at a time.

/** How many exports are written at the same time: at most one per organization, and this number in total. */
export const PARALLEL_EXPORTS = 4;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Between two heartbeats of running work. Each also reads the state, so a cancellation stops the work this soon. */
export const HEARTBEAT_INTERVAL = SECOND;

/** Between two reads of the open transactions that may still store events for an export. */
export const WRITER_POLL_INTERVAL = 50;
/** How long a step waits for these transactions before it fails, to be retried. */
export const WRITER_TIMEOUT = 20 * SECOND;

/** The age at which an export that has not started may have lost its event, which is then sent again. */
export const RESEND_AFTER = 2 * MINUTE;

/**
 * The age of the last heartbeat at which a started export counts as stalled: the process that wrote a part has ended, and
 * its run may be lost. If it is not, no harm is done: of two runs, the second one finds the export finished.
 */
export const STALLED_AFTER = MINUTE;
/** The same for an export whose last step failed, or which is queued. Retries of a failed step come sooner. */
export const WAITING_STALLED_AFTER = 30 * MINUTE;
/** How often a stalled export is resumed without progress before it fails. */
export const MAX_RESUMES = 12;
/** How long a resumed export has to show progress before it is resumed again: doubled each time, up to the second. */
export const RESUME_INTERVAL = 2 * MINUTE;
export const MAX_RESUME_INTERVAL = 30 * MINUTE;

/** How long after an export's end its leftovers are due. By then the process that ended it has usually deleted them. */
export const LEFTOVERS_AFTER = MINUTE;
/** How long after an export's end even a process that notices the end late can no longer store anything for it. */
export const LATE_LEFTOVERS_AFTER = 6 * HOUR;

/** How long a download URL is valid. */
export const DOWNLOAD_URL_LIFETIME = 10 * MINUTE;
