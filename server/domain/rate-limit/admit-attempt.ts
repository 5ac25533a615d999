import { DomainError } from "@/server/kernel/errors";
import { hashSecret } from "@/server/kernel/ids";
import type { Services } from "@/server/kernel/services";

/** Something that can be guessed, and how many guesses under one key a minute may have, over all processes. */
export interface Attempt {
  /** Such as `["sign-in", address]`. */
  readonly key: readonly string[];
  readonly most: number;
  /** How long whoever goes on and on waits at most, in minutes. */
  readonly longestWait: number;
}

/** Tries of links' secrets from an address. Links that open something are forgiven. */
export function linkAttempts(address: string): readonly Attempt[] {
  return [{ key: ["link from", address], most: 30, longestWait: 60 }];
}

/**
 * Counts one attempt under each key. Whoever goes beyond the limit waits until the window is over; each further window
 * that is used up at once is twice as long as the one before. Of any number of parallel attempts no more than `most`
 * get through.
 * @throws DomainError `too_many` with the seconds to wait; keys after the one that is used up are not counted
 */
export async function admitAttempt(services: Services, attempts: readonly Attempt[]): Promise<void> {
  const now = services.now();
  for (const { key, most, longestWait } of attempts) {
    const [row] = await services.db.query<{ attempts: number; ends_at: Date }>(
      `INSERT INTO attempt_window AS w (key, starts_at, ends_at, attempts)
       VALUES ($1, $2::timestamptz, $2::timestamptz + interval '1 minute', 1)
       ON CONFLICT (key) DO UPDATE SET
         attempts = CASE WHEN w.ends_at > $2 THEN least(w.attempts + 1, 1000000) ELSE 1 END,
         starts_at = CASE WHEN w.ends_at > $2 THEN w.starts_at ELSE $2 END,
         ends_at = CASE
           WHEN w.ends_at > $2 THEN w.ends_at
           WHEN w.attempts > $3::int AND w.ends_at + (w.ends_at - w.starts_at) > $2
             THEN $2 + least(2 * (w.ends_at - w.starts_at), make_interval(mins => $4::int))
           ELSE $2 + interval '1 minute' END
       RETURNING attempts, ends_at`,
      [hashed(key), now.toISOString(), most, longestWait],
    );
    if (!row || row.attempts <= most) continue;
    throw tooMany(Math.max(1, Math.ceil((row.ends_at.getTime() - now.getTime()) / 1000)));
  }
}

/** Takes an attempt back that was none: it succeeded. */
export async function forgiveAttempt(services: Services, attempts: readonly Attempt[]): Promise<void> {
  await services.db.prisma.attemptWindow.updateMany({
    where: { key: { in: attempts.map(({ key }) => hashed(key)) }, attempts: { gt: 0 } },
    data: { attempts: { decrement: 1 } },
  });
}

/** Forgets windows that no longer lengthen the next. */
export async function expireAttemptWindows(services: Services): Promise<void> {
  const before = new Date(services.now().getTime() - 2 * 3_600_000).toISOString();
  await services.db.query("DELETE FROM attempt_window WHERE ends_at < $1::timestamptz", [before]);
}

/** Addresses of people are not kept. */
function hashed(key: readonly string[]): Uint8Array<ArrayBuffer> {
  return hashSecret(JSON.stringify(key));
}

function tooMany(seconds: number): DomainError {
  const minutes = Math.ceil(seconds / 60);
  const message = `Too many attempts. Wait ${minutes === 1 ? "a minute" : `${minutes} minutes`}, then try again.`;
  return new DomainError("too_many", message, { headers: { "retry-after": String(seconds) } });
}
