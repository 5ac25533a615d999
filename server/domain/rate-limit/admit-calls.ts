import { defineState } from "@/server/kernel/caches";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";

const MINUTE = 60_000;
/** Bounds the memory; the caller that has been quiet longest starts again with a full allowance. */
const MAX_CALLERS = 50_000;
/** A session's allowances that one address has, since people in an office share one. */
const SESSIONS_PER_ADDRESS = 10;

/** How many calls a caller has left. It grows steadily up to the limit, so a page can make its calls all at once. */
interface Allowance {
  calls: number;
  /** When `calls` was computed, in milliseconds since 1970. */
  at: number;
}

/** The allowances of this process's callers, those who called last at the end. */
const callAllowances = defineState({
  name: "procedure_call_allowances",
  create: () => new Map<string, Allowance>(),
  entries: (allowances) => allowances.size,
});

/**
 * Counts procedure calls from an address, signed in or not.
 * @throws DomainError `too_many` with the seconds to wait
 */
export function admitCallsFrom(services: Services, address: string, calls: number): void {
  admitCalls(services, `address ${address}`, calls, SESSIONS_PER_ADDRESS * services.config.callLimitPerMinute);
}

/**
 * Counts procedure calls of a session, which its principal's ID names. Callers without one share an allowance per address.
 * @throws DomainError `too_many` with the seconds to wait
 */
export function admitCallsOf(services: Services, session: string, calls: number): void {
  admitCalls(services, `session ${session}`, calls, services.config.callLimitPerMinute);
}

/** In this process only: a database round trip per call would cost more than most calls do. */
function admitCalls(services: Services, caller: string, calls: number, perMinute: number): void {
  const allowances = services.caches.of(callAllowances);
  const now = services.now().getTime();
  const { calls: before, at } = allowances.get(caller) ?? { calls: perMinute, at: now };
  const left = Math.min(perMinute, before + (Math.max(0, now - at) * perMinute) / MINUTE);
  allowances.delete(caller);
  const [quietest] = allowances.size < MAX_CALLERS ? [] : allowances.keys();
  if (quietest !== undefined) allowances.delete(quietest);
  allowances.set(caller, { calls: left >= calls ? left - calls : left, at: now });
  if (left >= calls) return;
  const seconds = Math.max(1, Math.ceil(((calls - left) / perMinute) * 60));
  throw new DomainError("too_many", "Too many requests. Try again in a few seconds.", {
    wireCode: "rate_limit_exceeded",
    headers: { "retry-after": String(Math.min(seconds, 10)) },
  });
}
