import { setTimeout as pause } from "node:timers/promises";
import type { Services } from "@/server/services";
import { noteWork } from "./pending-export";

/** Milliseconds between two looks at the row. */
const LOOK_EVERY = 1000;

/**
 * Does long work on an export. While it lasts, the row says each second that somebody is at it; once the export is no
 * longer pending, such as by a cancellation, `signal` is aborted, and the work has to end by throwing its reason.
 * @param note says so, and answers whether the export is still pending; work that knows how far it is says that as well
 * @returns what the work came to, or null when it was ended
 */
export async function whilePending<Result>(
  services: Services,
  exportId: string,
  work: (signal: AbortSignal) => Promise<Result>,
  note = () => noteWork(services, exportId),
): Promise<Result | null> {
  const stopped = new AbortController();
  const done = new AbortController();
  const looking = look(note, stopped, done.signal);
  try {
    return await work(stopped.signal);
  } catch (error) {
    if (stopped.signal.aborted) return null;
    throw error;
  } finally {
    done.abort();
    await looking;
  }
}

async function look(note: () => Promise<boolean>, stopped: AbortController, done: AbortSignal): Promise<void> {
  while (!done.aborted && !stopped.signal.aborted) {
    await pause(LOOK_EVERY, undefined, { signal: done }).catch(() => undefined);
    if (done.aborted) return;
    // Where the database is away, the work itself meets it.
    const isPending = await note().catch(() => true);
    if (!isPending) stopped.abort();
  }
}
