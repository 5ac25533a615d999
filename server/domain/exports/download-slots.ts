import { defineState } from "@/server/kernel/caches";
import { DomainError } from "@/server/kernel/errors";

/** Downloads that this process serves at a time: altogether, and of each kind of holder. */
const LIMITS = { process: 40, organization: 20, export: 20, address: 10 } as const;
const RETRY_AFTER = "5";

type Kind = keyof typeof LIMITS;

const MESSAGES: Record<Kind, string> = {
  process: `Trailport is already serving ${LIMITS.process} downloads. Try again in a few seconds.`,
  organization: `${LIMITS.organization} downloads of this organization's files are in progress. Try again when one of them is complete.`,
  export: `${LIMITS.export} downloads of this file are in progress. Try again when one of them is complete.`,
  address: `${LIMITS.address} downloads to your address are in progress. Try again when one of them is complete.`,
};

/** What a download counts against. */
interface Holder {
  readonly kind: Kind;
  readonly key: string;
}

interface Downloader {
  readonly address: string;
  readonly exportId: string;
}

/** A download in progress. */
export interface DownloadSlot {
  /**
   * Also counts the download against its organization, once that is known.
   * @throws DomainError `too_many` if the organization has no slot left
   */
  countFor(organizationPk: number): void;
  /** Frees the slot; further calls have no effect. */
  release(): void;
}

/**
 * Limits the downloads in progress. Each takes a piece of every turn of the event loop, so 1,500 of them delayed events by
 * seconds. An organization can hold half of the slots, so that others can always download.
 */
class DownloadSlots {
  private readonly held = new Map<string, number>();

  /** The number of downloads in progress. */
  get size(): number {
    return this.held.get("process") ?? 0;
  }

  /** Returns the error for another download, or null if there is room for it. */
  problem(downloader: Downloader, organizationPk: number): DomainError | null {
    return this.problemOf([...holdersOf(downloader), organization(organizationPk)]);
  }

  /**
   * Takes a slot.
   * @throws DomainError `too_many` or `unavailable` if there is none
   */
  take(downloader: Downloader): DownloadSlot {
    const mine: Holder[] = [];
    const hold = (holders: readonly Holder[]) => {
      const problem = this.problemOf(holders);
      if (problem) throw problem;
      for (const { key } of holders) this.held.set(key, (this.held.get(key) ?? 0) + 1);
      mine.push(...holders);
    };
    hold(holdersOf(downloader));
    return {
      countFor: (organizationPk) => hold([organization(organizationPk)]),
      release: () => {
        for (const { key } of mine.splice(0)) {
          const left = (this.held.get(key) ?? 0) - 1;
          if (left > 0) this.held.set(key, left);
          else this.held.delete(key);
        }
      },
    };
  }

  private problemOf(holders: readonly Holder[]): DomainError | null {
    const full = holders.find(({ kind, key }) => (this.held.get(key) ?? 0) >= LIMITS[kind]);
    if (!full) return null;
    return new DomainError(full.kind === "process" ? "unavailable" : "too_many", MESSAGES[full.kind], {
      wireCode: "download_limit_exceeded",
      headers: { "retry-after": RETRY_AFTER },
    });
  }
}

/** In the order in which their limits are reported: what the caller can change comes first. */
function holdersOf({ address, exportId }: Downloader): Holder[] {
  return [
    { kind: "address", key: `address ${address}` },
    { kind: "export", key: `export ${exportId}` },
    { kind: "process", key: "process" },
  ];
}

function organization(pk: number): Holder {
  return { kind: "organization", key: `organization ${pk}` };
}

/** The downloads that this process serves. */
export const downloadSlots = defineState({
  name: "download_slots",
  create: () => new DownloadSlots(),
  entries: ({ size }) => size,
});
