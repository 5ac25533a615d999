/**
 * Limits of input that several layers share. This file does not import zod, so that a form can read a limit without
 * loading zod into the browser.
 */

/**
 * The earliest and the latest time that an event or a request can contain. Outside of these years, the calendars of
 * PostgreSQL and JavaScript differ.
 */
export const ALL_TIME = { from: new Date("0001-01-01T00:00:00.000Z"), to: new Date("9999-12-31T23:59:59.999Z") };

/** Whether `ALL_TIME` includes a time, given in milliseconds since 1970. */
export function isWithinAllTime(milliseconds: number): boolean {
  return milliseconds >= ALL_TIME.from.getTime() && milliseconds <= ALL_TIME.to.getTime();
}

/** Limits of an event, as the wire contract states them. */
export const EVENT_LIMITS = {
  /** The largest value of the database's `integer` column. */
  version: 2_147_483_647,
  metadataKeys: 50,
  metadataStringLength: 500,
  textLength: 500,
  targets: 100,
  userAgentLength: 2000,
  /** Exclusive. The end of a range is exclusive, too, so an event at that time would be missing from a list of all time. */
  occurredBefore: ALL_TIME.to,
} as const;

/** Limits of a schema and of an environment's actions. A metadata schema has at most as many properties as metadata has keys. */
export const SCHEMA_LIMITS = {
  targetTypes: 50,
  enumValues: 100,
  /** Of one version as JSON text; with descriptions, a schema of an ordinary size takes a few thousand. */
  characters: 64_000,
  /** Versions of one action's schema. */
  versions: 1_000,
  /** Actions of one environment, including those that only occurred in events. */
  actions: 10_000,
} as const;

/** Characters in an ID or another name that a request looks up. */
export const MAX_ID_LENGTH = 255;

/** Items per page of a list. */
export const PAGE_LIMIT = { default: 50, max: 100 } as const;

/** Values per event filter. Each value costs an index probe, so without a limit a query would have no bound. */
export const MAX_FILTER_VALUES = 100;
/** People or organizations per activity filter. */
export const MAX_ACTIVITY_FILTER_VALUES = 20;
/** Characters in the search of an event filter. */
export const MAX_SEARCH_LENGTH = 200;

/** Actions that an environment can get per minute, from events or with their schemas. */
export const MAX_NEW_ACTIONS_PER_MINUTE = 500;

/** Rejected events that are kept per environment; the newest ones stay. */
export const MAX_REJECTED_EVENTS = 10_000;
/** API keys per environment. Of revoked ones, the newest are kept. */
export const MAX_API_KEYS = { active: 200, revoked: 1_000 } as const;
/** A little over ten years. */
export const MAX_RETENTION_DAYS = 3660;

/** Characters in a new password. */
export const PASSWORD_LENGTH = { min: 10, max: 200 } as const;

export const MAX_LOGO_BYTES = 256 * 1024;
/** Pixels per side of a logo. */
export const MAX_LOGO_SIDE = 2000;

/** Procedure calls per tRPC request. */
export const MAX_CALLS_PER_REQUEST = 20;
