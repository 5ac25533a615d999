import { setTimeout as sleep } from "node:timers/promises";
import { type LockHolder, readHolder } from "./lock-holder.mjs";

export interface HeartbeatTiming {
  /** Milliseconds between two heartbeats. */
  interval: number;
  /** Milliseconds without one after which their process counts as dead. */
  timeout: number;
}

export const HEARTBEAT: HeartbeatTiming = { interval: 5_000, timeout: 30_000 };

/**
 * Waits until the holder's heartbeat changes, and returns true; or until it did not for the timeout, and returns false.
 * Compares no times: the clocks of two machines may differ.
 */
export async function hasHeartbeat(
  lockFile: string,
  holder: LockHolder,
  { interval, timeout }: HeartbeatTiming,
): Promise<boolean> {
  const deadline = performance.now() + timeout;
  while (performance.now() < deadline) {
    await sleep(interval / 5);
    const current = readHolder(lockFile);
    // The holder has released the lock.
    if (current === null) return false;
    if (current.identity !== holder.identity || current.heartbeat !== holder.heartbeat) return true;
  }
  return false;
}
