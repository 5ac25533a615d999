export interface SteadySender {
  /** Sends no more and returns the number of responses by status; 0 stands for a broken connection. */
  stop(): Promise<Record<number, number>>;
}

/**
 * Calls `send` at a fixed rate, however long responses take, like independent clients. On a machine that can't keep up, at
 * a lower rate: no more requests are open than are due within a second.
 */
export function sendSteadily(perSecond: number, send: (number: number) => Promise<number>): SteadySender {
  const startedAt = performance.now();
  const statuses: Record<number, number> = {};
  const open = new Set<Promise<void>>();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond);
    for (; sent < due && open.size < perSecond; sent += 1) {
      const response = send(sent)
        .catch(() => 0)
        .then((status) => {
          statuses[status] = (statuses[status] ?? 0) + 1;
          open.delete(response);
        });
      open.add(response);
    }
  }, 10);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(open);
      return statuses;
    },
  };
}
