import { formatBytes } from "@/schemas/size";
import { DomainError } from "@/server/kernel/errors";
import type { FreeSpace } from "@/server/kernel/ports/free-space";
import type { Services } from "@/server/kernel/services";

const DISKS = { database: "the database", files: "export files" } as const;

export interface FreeSpaceReport extends FreeSpace {
  /** The disks with less free space than the reserve. Exports wait until there is more. */
  readonly low: readonly (keyof FreeSpace)[];
}

/** Reads the free space of the installation's disks. */
export async function readFreeSpace({ freeSpace, config }: Services): Promise<FreeSpaceReport> {
  const free = await freeSpace();
  const low = (["database", "files"] as const).filter((disk) => (free[disk] ?? Infinity) < config.freeSpaceReserve);
  return { ...free, low };
}

/**
 * Protects the space that events need: exports check this before they start and while they write.
 * @throws DomainError `unavailable` that names the disk with less free space than the reserve
 */
export async function requireFreeSpace(services: Services): Promise<void> {
  const { low, ...free } = await readFreeSpace(services);
  const [disk] = low;
  if (disk === undefined) return;
  throw new DomainError(
    "unavailable",
    `The disk of ${DISKS[disk]} has only ${formatBytes(free[disk] ?? 0)} left. Trailport keeps ` +
      `${formatBytes(services.config.freeSpaceReserve)} free for events. Free some space, then export again.`,
  );
}
