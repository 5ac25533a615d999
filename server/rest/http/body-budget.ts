import { defineState } from "@/server/kernel/caches";
import { DomainError } from "@/server/kernel/errors";
import type { Services } from "@/server/kernel/services";
import type { ApiRequest } from "./request";

/** Bytes that the bodies of all event requests in progress may have together, per process. */
const BODY_BUDGET = 64_000_000;
/** Bytes that each request takes in addition to its body, so that the budget also limits their number. */
const REQUEST_COST = 4_000;

/** The budget of this process, and the number of requests that hold a part of it. */
const bodyBudget = defineState({
  name: "event_body_budget",
  create: () => ({ left: BODY_BUDGET, requests: 0 }),
  entries: ({ requests }) => requests,
});

/**
 * Reserves room for a body: its announced length or, if it has none, the limit. Returns the function that frees the room.
 * @throws DomainError `unavailable` if the process already holds too many bodies
 */
export function reserveBody(services: Services, request: ApiRequest, limit: number): () => void {
  const budget = services.caches.of(bodyBudget);
  const announced = request.header("content-length");
  const bytes = REQUEST_COST + (announced === null ? limit : Math.min(Number(announced), limit));
  if (budget.left < bytes) {
    throw new DomainError("unavailable", "Too many events are arriving at once. Try again in a few seconds.", {
      headers: { "retry-after": "1" },
    });
  }
  budget.left -= bytes;
  budget.requests += 1;
  return () => {
    budget.left += bytes;
    budget.requests -= 1;
  };
}
