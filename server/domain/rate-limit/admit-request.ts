import { defineState } from "@/server/kernel/caches";
import { DomainError } from "@/server/kernel/errors";
import type { EnvironmentScope } from "@/server/kernel/scopes";

const WINDOW = 60_000;
/** A process reserves a hundredth of the limit at a time, so any number of requests costs about 100 statements a minute. */
const LOTS = 100;

/** The requests of an environment's current minute that this process has reserved. */
interface Share {
  readonly startsAt: number;
  left: number;
  /** The whole limit is reserved; no process can reserve more until the minute ends. */
  usedUp: boolean;
  reserving: Promise<number> | null;
}

/** The process's shares by environment. */
const rateLimitShares = defineState({
  name: "rate_limit_shares",
  create: () => new Map<number, Share>(),
  entries: (shares) => shares.size,
});

/**
 * Counts a request against its environment's limit for the current minute, which all processes share. Never admits more
 * than the limit, and fewer only by what other processes reserved without using it: at most a hundredth each.
 * @throws DomainError `too_many` with the seconds until the minute ends
 */
export async function admitRequest(scope: EnvironmentScope): Promise<void> {
  const startsAt = Math.floor(scope.now().getTime() / WINDOW) * WINDOW;
  const share = shareOf(scope, startsAt);
  while (share.left === 0) {
    if (share.usedUp) throw tooMany(scope, startsAt);
    // Requests that arrive while a lot is being reserved wait for that lot.
    share.reserving ??= reserve(scope, startsAt)
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
  share.left -= 1;
}

function shareOf(scope: EnvironmentScope, startsAt: number): Share {
  const shares = scope.caches.of(rateLimitShares);
  const known = shares.get(scope.environment.pk);
  if (known?.startsAt === startsAt) return known;
  const fresh: Share = { startsAt, left: 0, usedUp: false, reserving: null };
  shares.set(scope.environment.pk, fresh);
  return fresh;
}

/** Reserves the next lot of the minute; returns how many requests it allows, 0 once the limit is reached. */
async function reserve(scope: EnvironmentScope, startsAt: number): Promise<number> {
  const limit = scope.config.rateLimitPerMinute;
  const lot = Math.ceil(limit / LOTS);
  const [row] = await scope.db.query<{ reserved: number }>(
    `INSERT INTO rate_window AS known (environment_pk, starts_at, reserved) VALUES ($1, $2::timestamptz, $3::int)
     ON CONFLICT (environment_pk, starts_at) DO UPDATE SET reserved = known.reserved + $3::int
       WHERE known.reserved < $4::int
     RETURNING reserved`,
    [scope.environment.pk, new Date(startsAt).toISOString(), lot, limit],
  );
  // The last lot may exceed the limit.
  return row ? lot - Math.max(0, row.reserved - limit) : 0;
}

/** Seconds; short, because some SDKs wait exactly as long as `retry-after` says. */
const MAX_WAIT = 10;

function tooMany(scope: EnvironmentScope, startsAt: number): DomainError {
  const left = Math.max(1, Math.ceil((startsAt + WINDOW - scope.now().getTime()) / 1000));
  const seconds = Math.min(left, MAX_WAIT);
  return new DomainError("too_many", "Too many requests.", {
    wireCode: "rate_limit_exceeded",
    headers: { "retry-after": String(seconds) },
  });
}
