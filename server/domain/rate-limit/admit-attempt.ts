import { DomainError } from "@/server/kernel/errors";
import { hashSecret } from "@/server/kernel/ids";
import type { Services } from "@/server/kernel/services";

/** Limits guesses of a secret per key and minute, over all processes. */
export interface Attempt {
  /** Such as `["sign-in", address]`. */
  readonly key: readonly string[];
  readonly limit: number;
  /** The longest wait for a client that keeps exceeding the limit, in minutes. */
  readonly maxWaitMinutes: number;
}

/** The clocks of several web processes differ by less. */
const TOLERANCE = "interval '1 minute'";

/** Limits guesses of link secrets per client address. Callers count only secrets that do not exist. */
export function linkAttempts(address: string): readonly Attempt[] {
  return [{ key: ["link from", address], limit: 30, maxWaitMinutes: 60 }];
}

/**
 * Counts one attempt under each key. A client over the limit waits until the window ends; if it exceeds the limit again
 * right after that, the next window is twice as long. No more than `limit` of any number of parallel attempts pass.
 * @throws DomainError `too_many` with the seconds to wait; keys after the exceeded one are not counted
 */
export async function admitAttempt(services: Services, attempts: readonly Attempt[]): Promise<void> {
  const now = services.now();
  // A window that starts in the future was opened while the clock was ahead. It would lock its client out until then.
  const isOpen = `w.ends_at > $2 AND w.starts_at <= $2 + ${TOLERANCE}`;
  for (const { key, limit, maxWaitMinutes } of attempts) {
    const [row] = await services.db.query<{ attempts: number; ends_at: Date }>(
      `INSERT INTO attempt_window AS w (key, starts_at, ends_at, attempts)
       VALUES ($1, $2::timestamptz, $2::timestamptz + interval '1 minute', 1)
       ON CONFLICT (key) DO UPDATE SET
         attempts = CASE WHEN ${isOpen} THEN least(w.attempts + 1, 1000000) ELSE 1 END,
         starts_at = CASE WHEN ${isOpen} THEN w.starts_at ELSE $2 END,
         ends_at = CASE
           WHEN w.starts_at > $2 + ${TOLERANCE} THEN $2 + interval '1 minute'
           WHEN w.ends_at > $2 THEN w.ends_at
           WHEN w.attempts > $3::int AND w.ends_at + (w.ends_at - w.starts_at) > $2
             THEN $2 + least(2 * (w.ends_at - w.starts_at), make_interval(mins => $4::int))
           ELSE $2 + interval '1 minute' END
       RETURNING attempts, ends_at`,
      [hashed(key), now.toISOString(), limit, maxWaitMinutes],
    );
    if (!row || row.attempts <= limit) continue;
    throw tooMany(Math.max(1, Math.ceil((row.ends_at.getTime() - now.getTime()) / 1000)));
  }
}

/** Uncounts attempts that succeeded. */
export async function forgiveAttempt(services: Services, attempts: readonly Attempt[]): Promise<void> {
  await services.db.prisma.attemptWindow.updateMany({
    where: { key: { in: attempts.map(({ key }) => hashed(key)) }, attempts: { gt: 0 } },
    data: { attempts: { decrement: 1 } },
  });
}

/** Deletes windows that no longer affect the length of the next one. */
export async function expireAttemptWindows(services: Services): Promise<void> {
  const before = new Date(services.now().getTime() - 2 * 3_600_000).toISOString();
  await services.db.query("DELETE FROM attempt_window WHERE ends_at < $1::timestamptz", [before]);
}

/** Keys are hashed, so that no email or IP addresses are stored. */
function hashed(key: readonly string[]): Uint8Array<ArrayBuffer> {
  return hashSecret(JSON.stringify(key));
}

function tooMany(seconds: number): DomainError {
  const minutes = Math.ceil(seconds / 60);
  const message = `Too many attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;
  return new DomainError("too_many", message, { headers: { "retry-after": String(seconds) } });
}
