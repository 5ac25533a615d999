/** How many calls of procedures one request holds at most. */
export const CALLS_PER_REQUEST = 20;
