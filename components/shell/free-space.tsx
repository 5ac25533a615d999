import { formatBytes } from "@/schemas/size";
import type { FreeSpace } from "./shell-context";

/** Says how much space is free where it is known. */
export function freeSpaceFacts({ database, files }: FreeSpace): string[] {
  return [
    database !== null && `${formatBytes(database)} free for the database`,
    files !== null && `${formatBytes(files)} free for export files`,
  ].filter((text) => text !== false);
}

const DISKS = { database: "the database", files: "export files" } as const;

/** Warns on every page while a disk is almost full. */
export function FreeSpaceWarning({ freeSpace }: { readonly freeSpace: FreeSpace }) {
  const disks = freeSpace.low.map((disk) => `the disk of ${DISKS[disk]} has ${formatBytes(freeSpace[disk] ?? 0)} left`);
  if (disks.length === 0) return null;
  return (
    <p role="status" className="mb-6 rounded-lg bg-caution-soft px-4 py-3 text-caution">
      Low disk space: {disks.join(", and ")}. Events are stored, but exports wait until some space is free.
    </p>
  );
}
