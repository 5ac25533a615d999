import { defineState } from "./caches";

/** Whether this process is about to stop. Readiness reports it, so that load balancers send requests elsewhere. */
export const shutdownState = defineState({
  name: "shutdown",
  create: () => ({ isStopping: false }),
  entries: ({ isStopping }) => (isStopping ? 1 : 0),
});
