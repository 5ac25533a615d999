import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";

/** On `globalThis`, because Next's pages have their own copy of every module within the web process. */
const shared = globalThis as typeof globalThis & { trailportRequest?: AsyncLocalStorage<string> };
shared.trailportRequest ??= new AsyncLocalStorage();
const storage = shared.trailportRequest;

/**
 * Runs `work` for a request: everything it logs has the request's ID, and so do the functions that it starts. Requests that
 * store events do without: following every step of a process costs time, from the first call of this on.
 */
export function withRequestId<Result>(requestId: string | undefined, work: () => Result): Result {
  return requestId === undefined ? work() : storage.run(requestId, work);
}

/** Returns the ID of the request that this is running for, if any. */
export function currentRequestId(): string | undefined {
  return storage.getStore();
}

const ids = new WeakMap<IncomingMessage, string>();

/** Saves the ID of a request for the access log. */
export function rememberRequestId(request: IncomingMessage, id: string): void {
  ids.set(request, id);
}

export function requestIdOf(request: IncomingMessage): string | undefined {
  return ids.get(request);
}
