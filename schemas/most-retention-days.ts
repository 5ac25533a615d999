/** Ten years, and a little. Apart from its rule, so that a form needs no zod for it. */
export const MOST_RETENTION_DAYS = 3660;
