const MB = 2 ** 20;

/** What each part of a Trailport on one machine or in one container may use. */
export interface MemorySizes {
  /** Settings of the embedded PostgreSQL, in megabytes. */
  readonly postgres: {
    readonly shared_buffers: number;
    readonly effective_cache_size: number;
    readonly maintenance_work_mem: number;
    readonly work_mem: number;
  };
  /** The largest heap of JavaScript objects in each process, in megabytes. */
  readonly heap: { readonly web: number; readonly worker: number };
  /** Connections in each of a process's pools. Each costs PostgreSQL about 10 MB. */
  readonly connections: number;
  /** Bytes that all request bodies in progress may have together. */
  readonly bodies: number;
  /** Accepted events that may wait for a commit, and their bytes. */
  readonly events: { readonly events: number; readonly bytes: number };
}

/**
 * Divides memory among the parts of Trailport. From 2 GB on, the budgets no longer grow: they limit what one sender can
 * take, not what the machine has.
 *
 * @param bytes what all processes together may use: the machine's memory or the container's limit.
 */
export function memorySizes(bytes: number): MemorySizes {
  const megabytes = bytes / MB;
  const share = (part: number, least: number, most: number) =>
    Math.round(Math.min(most, Math.max(least, megabytes * part)));
  // JavaScript objects take about five times the bytes that they are parsed from. At least the largest batch of events,
  // twice: an environment may hold half.
  const budget = Math.min(64_000_000, Math.max(24_000_000, Math.round(bytes / 32)));
  return {
    postgres: {
      shared_buffers: share(1 / 8, 32, 1024),
      effective_cache_size: share(1 / 2, 128, 16_384),
      maintenance_work_mem: share(1 / 32, 16, 256),
      work_mem: share(1 / 128, 4, 8),
    },
    heap: { web: share(2 / 5, 160, 4096), worker: share(1 / 6, 96, 4096) },
    connections: share(1 / 128, 3, 10),
    bodies: budget,
    events: { events: Math.round(budget / 3_200), bytes: budget },
  };
}
