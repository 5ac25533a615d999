import { setTimeout as pause } from "node:timers/promises";
import type { Services } from "@/server/kernel/services";
import { noteWork } from "./pending-export";

/** Milliseconds between two looks at the row. */
const LOOK_EVERY = 1000;

/**
 * Does long work on an export. While it lasts, the row says each second that somebody is at it; once the export is no
 * longer pending, such as by a cancellation, `signal` is aborted, and the work has to end by throwing its reason. It is
 * aborted as well when the work has ended, for whatever of it still goes on.
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
  const looking = look(note, stopped);
  try {
    return await work(stopped.signal);
  } catch (error) {
    if (stopped.signal.aborted) return null;
    throw error;
  } finally {
    // Compression reads ahead, and would wait for rows that nobody wants any more.
    stopped.abort();
    await looking;
  }
}

async function look(note: () => Promise<boolean>, stopped: AbortController): Promise<void> {
  const { signal } = stopped;
  while (!signal.aborted) {
    await pause(LOOK_EVERY, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    // Where the database is away, the work itself meets it.
    const isPending = await note().catch(() => true);
    if (!isPending) stopped.abort();
  }
}
