import { DomainError } from "@/server/kernel/errors";
import { type ApiRequest, type Endpoint, endpointOf } from "./endpoint";

/** What the bodies of events that one process reads and works on may have together, in bytes. */
const BODY_BUDGET = 64_000_000;
/** What a request costs besides its body: so the budget also bounds how many there are. */
const REQUEST_COST = 4_000;

interface Budget {
  left: number;
}

/** One for each process, which is to say for its services. */
const budgets = new WeakMap<object, Budget>();
/** What each request that is being answered has taken of it. */
const claims = new WeakMap<ApiRequest, { readonly budget: Budget; bytes: number }>();

/** An endpoint whose bodies, read by `readWithinBudget`, share the process's budget until their requests are answered. */
export function withinBudget({ documentation, answerer }: Endpoint): Endpoint {
  return endpointOf(documentation, (services) => {
    const budget = budgets.get(services) ?? { left: BODY_BUDGET };
    budgets.set(services, budget);
    const answer = answerer(services);
    return async (request, param) => {
      const claim = { budget, bytes: 0 };
      claims.set(request, claim);
      try {
        return await answer(request, param);
      } finally {
        budget.left += claim.bytes;
      }
    };
  });
}

/**
 * Reads a body for which there is room: as much as is announced, or else as may come.
 * @throws DomainError `unavailable`, before anything is read, when too many bodies are held; what `read` throws
 */
export function readWithinBudget(
  read: (request: ApiRequest, limit: number) => Promise<unknown>,
  limit: number,
): (request: ApiRequest) => Promise<unknown> {
  return async (request) => {
    const announced = request.headers.get("content-length");
    take(request, REQUEST_COST + (announced === null ? limit : Math.min(Number(announced), limit)));
    return read(request, limit);
  };
}

function take(request: ApiRequest, bytes: number): void {
  const claim = claims.get(request);
  if (!claim || claim.budget.left < bytes) {
    throw new DomainError("unavailable", "Too many events are being taken in. Try again in a moment.", {
      headers: { "retry-after": "1" },
    });
  }
  claim.budget.left -= bytes;
  claim.bytes += bytes;
}
