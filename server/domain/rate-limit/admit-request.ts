import { MAX_NEW_ACTIONS_PER_MINUTE } from "@/schemas/limits";
import { defineState } from "@/server/kernel/caches";
import { DomainError } from "@/server/kernel/errors";
import type { EnvironmentScope } from "@/server/kernel/scopes";

const WINDOW = 60_000;
/** A process reserves a hundredth of the limit at a time, so any number of requests costs about 100 statements a minute. */
const LOTS = 100;

/** The part of an environment's current minute that this process has reserved. */
interface Share {
  readonly startsAt: number;
  /** Below zero if more was charged than was left; the next lot pays for it. */
  left: number;
  /** The whole limit is reserved; no process can reserve more until the minute ends. */
  usedUp: boolean;
  reserving: Promise<number> | null;
}

/** What is limited per minute. */
interface Limited {
  /** The column of `rate_window` that counts it. */
  readonly column: "reserved" | "events" | "actions";
  readonly limitOf: (config: EnvironmentScope["config"]) => number;
  /** The process's shares by environment. */
  readonly shares: ReturnType<typeof defineShares>;
  readonly message: string;
}

const requests: Limited = {
  column: "reserved",
  limitOf: (config) => config.rateLimitPerMinute,
  shares: defineShares("rate_limit_shares"),
  message: "Too many requests.",
};

const events: Limited = {
  column: "events",
  limitOf: (config) => config.eventLimitPerMinute,
  shares: defineShares("event_limit_shares"),
  message: "Too many events.",
};

const newActions: Limited = {
  column: "actions",
  limitOf: () => MAX_NEW_ACTIONS_PER_MINUTE,
  shares: defineShares("new_action_shares"),
  message: `An environment can get ${MAX_NEW_ACTIONS_PER_MINUTE} new actions per minute. Send this event again in a minute.`,
};

function defineShares(name: string) {
  return defineState({
    name,
    create: () => new Map<number, Share>(),
    entries: (shares: Map<number, Share>) => shares.size,
  });
}

/**
 * Counts requests against their environment's limit for the current minute, which all processes share: all of them, or
 * none if the limit does not allow all. Never admits more than the limit, and fewer only by what other processes reserved
 * without using it: at most a hundredth each.
 * @throws DomainError `too_many` with the seconds until the minute ends
 */
export function admitRequest(scope: EnvironmentScope, count = 1): Promise<void> {
  return admit(scope, requests, count);
}

/**
 * Counts events against their environment's limit of events per minute, like `admitRequest`.
 * @throws DomainError `too_many` with the seconds until the minute ends
 */
export function admitEvents(scope: EnvironmentScope, count: number): Promise<void> {
  return admit(scope, events, count);
}

/**
 * Counts a new action against its environment's limit of new actions per minute, like `admitRequest`.
 * @throws DomainError `too_many` with the seconds until the minute ends
 */
export function admitNewAction(scope: EnvironmentScope): Promise<void> {
  return admit(scope, newActions, 1);
}

/** Counts work that has already been done as events; later events wait for it. */
export function chargeEvents(scope: EnvironmentScope, count: number): void {
  shareOf(scope, events, currentMinute(scope)).left -= count;
}

/**
 * Rejects a batch before its body is read if no event of this minute is left.
 * @throws DomainError `too_many` with the seconds until the minute ends
 */
export function requireEventsLeft(scope: EnvironmentScope): void {
  const startsAt = currentMinute(scope);
  const share = shareOf(scope, events, startsAt);
  if (share.usedUp && share.left <= 0) throw tooMany(scope, events, startsAt);
}

async function admit(scope: EnvironmentScope, limited: Limited, count: number): Promise<void> {
  const startsAt = currentMinute(scope);
  const share = shareOf(scope, limited, startsAt);
  while (share.left < count) {
    if (share.usedUp) throw tooMany(scope, limited, startsAt);
    // Requests that arrive while a lot is being reserved wait for that lot.
    share.reserving ??= reserve(scope, limited, startsAt, count - share.left)
      .then((granted) => {
        share.left += granted;
        share.usedUp = granted === 0;
        return granted;
      })
      .finally(() => {
        share.reserving = null;
      });
    await share.reserving;
  }
  share.left -= count;
}

function currentMinute(scope: EnvironmentScope): number {
  return Math.floor(scope.now().getTime() / WINDOW) * WINDOW;
}

function shareOf(scope: EnvironmentScope, limited: Limited, startsAt: number): Share {
  const shares = scope.caches.of(limited.shares);
  const known = shares.get(scope.environment.pk);
  if (known?.startsAt === startsAt) return known;
  const fresh: Share = { startsAt, left: 0, usedUp: false, reserving: null };
  shares.set(scope.environment.pk, fresh);
  return fresh;
}

/** Reserves the next lot of the minute, at least `needed`; returns how much it allows, 0 once the limit is reached. */
async function reserve(
  scope: EnvironmentScope,
  { column, limitOf }: Limited,
  startsAt: number,
  needed: number,
): Promise<number> {
  const limit = limitOf(scope.config);
  const lot = Math.max(Math.ceil(limit / LOTS), needed);
  const [row] = await scope.db.query<{ taken: number }>(
    `INSERT INTO rate_window AS known (environment_pk, starts_at, ${column}) VALUES ($1, $2::timestamptz, $3::int)
     ON CONFLICT (environment_pk, starts_at) DO UPDATE SET ${column} = known.${column} + $3::int
       WHERE known.${column} < $4::int
     RETURNING ${column} AS taken`,
    [scope.environment.pk, new Date(startsAt).toISOString(), lot, limit],
  );
  // The last lot may exceed the limit.
  return row ? Math.max(0, lot - Math.max(0, row.taken - limit)) : 0;
}

/** Seconds; short, because some SDKs wait exactly as long as `retry-after` says. */
const MAX_WAIT = 10;

function tooMany(scope: EnvironmentScope, { message }: Limited, startsAt: number): DomainError {
  const left = Math.max(1, Math.ceil((startsAt + WINDOW - scope.now().getTime()) / 1000));
  const seconds = Math.min(left, MAX_WAIT);
  return new DomainError("too_many", message, {
    wireCode: "rate_limit_exceeded",
    headers: { "retry-after": String(seconds) },
  });
}
