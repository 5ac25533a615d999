/**
 * The first and the last moment that a timestamp in an event or a request can have; beyond these years PostgreSQL's
 * calendar and JavaScript's part. Apart from their rules, so that a screen needs no zod for them.
 */
export const ALL_TIME = { from: new Date("0001-01-01T00:00:00.000Z"), to: new Date("9999-12-31T23:59:59.999Z") };

/** Whether a number of milliseconds is a moment between them. */
export function isWithinAllTime(milliseconds: number): boolean {
  return milliseconds >= ALL_TIME.from.getTime() && milliseconds <= ALL_TIME.to.getTime();
}
