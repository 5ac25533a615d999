import { defineState } from "@/server/kernel/caches";
import type { DomainError } from "@/server/kernel/errors";
import { BODY_TIMEOUT } from "@/server/kernel/timeouts";
import { overloaded, tooSlow } from "./body-errors";

/** Bytes that the bodies of all requests in progress may have together. */
const CAPACITY = 64_000_000;
/** Bytes that each request takes in addition to its body, so that the budget also limits their number. */
const REQUEST_COST = 4_000;
/** Bytes that each piece of a body takes in addition, or else a body in pieces of one byte would take 100 times its size. */
const PIECE_COST = 200;
/** Bytes that must arrive per `BODY_TIMEOUT`, so that a large body can take longer: 17 kB per second. */
const MIN_PROGRESS = 250_000;

/** What one owner holds: an environment, or a client address as long as no key is known. */
interface Share {
  readonly owner: string | number;
  bytes: number;
  /** The claims whose bodies are still arriving, which can be evicted. */
  readonly receiving: Set<BodyClaim>;
}

/**
 * Divides memory for request bodies among their owners. Bytes count as they arrive. An owner can hold half of it. If no
 * room is left, the owner that holds the most loses a body that is still arriving, so one that holds little finds room.
 */
export class BodyBudget {
  private readonly shares = new Map<string | number, Share>();
  private held = 0;
  private claims = 0;

  constructor(private capacity = CAPACITY) {}

  /** Sets the bytes that all bodies may have together. Bodies that are already here stay. */
  limitTo(capacity: number): void {
    this.capacity = capacity;
  }

  /** The number of requests that hold a part of the budget. */
  get size(): number {
    return this.claims;
  }

  /** The bytes that they hold. */
  get bytes(): number {
    return this.held;
  }

  /** @throws DomainError `unavailable` if there is no room for another request */
  claim(owner: string | number): BodyClaim {
    let share = this.shares.get(owner);
    if (!share) this.shares.set(owner, (share = { owner, bytes: 0, receiving: new Set() }));
    const claim = new BodyClaim(this, share);
    this.claims += 1;
    if (claim.charge(REQUEST_COST)) return claim;
    claim.release();
    throw overloaded();
  }

  /** Takes bytes from the budget. Returns whether there was room. */
  take(share: Share, bytes: number): boolean {
    if (share.bytes + bytes > this.capacity / 2) return false;
    while (this.held + bytes > this.capacity) if (!this.evictFor(share.bytes + bytes)) return false;
    share.bytes += bytes;
    this.held += bytes;
    return true;
  }

  /** Returns everything that a claim took. */
  giveBack(share: Share, bytes: number): void {
    share.bytes -= bytes;
    this.held -= bytes;
    this.claims -= 1;
    if (share.bytes === 0) this.shares.delete(share.owner);
  }

  /** Evicts the largest arriving body of the owner that holds the most, if that is more than `bytes`. */
  private evictFor(bytes: number): boolean {
    let largest: Share | null = null;
    for (const share of this.shares.values()) {
      if (share.receiving.size > 0 && share.bytes > (largest?.bytes ?? bytes)) largest = share;
    }
    if (!largest) return false;
    let victim: BodyClaim | null = null;
    for (const claim of largest.receiving) if (claim.bytes > (victim?.bytes ?? 0)) victim = claim;
    victim?.fail(overloaded());
    return victim !== null;
  }
}

/** The part of the budget that one request holds until `release`. */
export class BodyClaim {
  /** Bytes held. */
  bytes = 0;
  private progress = 0;
  private timer: NodeJS.Timeout | null = null;
  private onFailure: ((error: DomainError) => void) | null = null;
  private isReleased = false;

  constructor(
    private readonly budget: BodyBudget,
    private readonly share: Share,
  ) {}

  /** Counts a piece of the body that arrived. Returns whether there was room for it. */
  charge(bytes: number): boolean {
    const cost = bytes + PIECE_COST;
    if (this.isReleased || !this.budget.take(this.share, cost)) return false;
    this.bytes += cost;
    this.progress += bytes;
    return true;
  }

  /**
   * Begins to receive a body in pieces. Until `complete`, calls `onFailure` once if the body arrives too slowly, or if
   * another owner needs the room. The claim is released by then.
   */
  receive(onFailure: (error: DomainError) => void): void {
    this.onFailure = onFailure;
    this.progress = 0;
    this.share.receiving.add(this);
    this.timer = setTimeout(() => {
      if (this.progress < MIN_PROGRESS) return this.fail(tooSlow(MIN_PROGRESS, BODY_TIMEOUT));
      this.progress = 0;
      this.timer?.refresh();
    }, BODY_TIMEOUT);
  }

  /** The whole body has arrived. */
  complete(): void {
    if (this.timer === null) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.onFailure = null;
    this.share.receiving.delete(this);
  }

  /** Releases the claim and tells the receiver why. */
  fail(error: DomainError): void {
    const { onFailure } = this;
    this.release();
    onFailure?.(error);
  }

  /** Frees the room. Further calls have no effect. */
  release(): void {
    if (this.isReleased) return;
    this.isReleased = true;
    this.complete();
    this.budget.giveBack(this.share, this.bytes);
  }
}

/** The budget of authenticated REST requests, with one share per environment. */
export const bodyBudget = defineState({
  name: "body_budget",
  create: () => new BodyBudget(),
  entries: ({ size }) => size,
});

/** The budget of all other requests, with one share per client address. */
export const pageBodyBudget = defineState({
  name: "page_body_budget",
  create: () => new BodyBudget(),
  entries: ({ size }) => size,
});
