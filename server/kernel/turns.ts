import { defineState } from "./caches";

/** Work of one owner: how much of it runs, and what waits. */
interface Queue {
  running: number;
  readonly waiting: (() => void)[];
}

/** Limits how much work of each owner runs at the same time. */
export interface Turns {
  readonly parallel: number;
  /** The owners whose work runs. */
  readonly queues: Map<number, Queue>;
}

/** Declares turns, of which each owner takes `parallel` at the same time. */
export function defineTurns({ name, parallel }: { readonly name: string; readonly parallel: number }) {
  return defineState({
    name,
    create: (): Turns => ({ parallel, queues: new Map() }),
    entries: ({ queues }) => queues.size,
  });
}

/** Runs work of an owner once fewer than `parallel` of the owner's run; first come, first served. */
export async function inTurn<Result>(
  { parallel, queues }: Turns,
  owner: number,
  work: () => Promise<Result>,
): Promise<Result> {
  let queue = queues.get(owner);
  if (!queue) queues.set(owner, (queue = { running: 0, waiting: [] }));
  const { waiting } = queue;
  if (queue.running < parallel) queue.running += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    // The next one takes over this turn.
    if (next) next();
    else if ((queue.running -= 1) === 0) queues.delete(owner);
  }
}
