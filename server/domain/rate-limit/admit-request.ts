import { defineState } from "@/server/kernel/caches";
import { DomainError } from "@/server/kernel/errors";
import type { EnvironmentScope } from "@/server/kernel/scopes";

const WINDOW = 60_000;
/** A process reserves this part of the limit at once: a hundred statements a minute at most, for any number of requests. */
const LOTS = 100;

/** What one process holds of one environment's current minute. */
interface Share {
  readonly startsAt: number;
  left: number;
  /** Nothing is left in any process, until the minute is over. */
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
 * Counts a request against its environment's limit for the current minute, which all processes share. No more than the
 * limit get through; fewer only by what other processes have reserved and not used, a hundredth of it each.
 * @throws DomainError `too_many` with the seconds until the minute is over
 */
export async function admitRequest(scope: EnvironmentScope): Promise<void> {
  const startsAt = Math.floor(scope.now().getTime() / WINDOW) * WINDOW;
  const share = shareOf(scope, startsAt);
  while (share.left === 0) {
    if (share.usedUp) throw tooMany(scope, startsAt);
    // Requests that come while a lot is being reserved wait for the same one.
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

/** Takes the next lot of the minute; answers how many requests it holds, 0 when the limit is reached. */
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
  // The last lot may reach beyond the limit.
  return row ? lot - Math.max(0, row.reserved - limit) : 0;
}

/** Small, since some SDKs wait as long as they are told; seconds. */
const LONGEST_WAIT = 10;

function tooMany(scope: EnvironmentScope, startsAt: number): DomainError {
  const left = Math.max(1, Math.ceil((startsAt + WINDOW - scope.now().getTime()) / 1000));
  const seconds = Math.min(left, LONGEST_WAIT);
  return new DomainError("too_many", "Too many requests.", {
    wireCode: "rate_limit_exceeded",
    headers: { "retry-after": String(seconds) },
  });
}
