import { formatBytes } from "@/schemas/size";
import type { ShellContext } from "./shell-context";

interface FreeSpaceProps {
  readonly freeSpace: ShellContext["freeSpace"];
}

/** Shows how much space is free where it is known. */
export function FreeSpaceFacts({ freeSpace: { database, files } }: FreeSpaceProps) {
  const known = [
    database !== null && `${formatBytes(database)} free for the database`,
    files !== null && `${formatBytes(files)} free for export files`,
  ].filter((text) => text !== false);
  return known.map((text) => (
    <p key={text} className="px-2 py-1 text-xs text-faint">
      {text}
    </p>
  ));
}

const DISKS = { database: "the database", files: "export files" } as const;

/** Warns on every page while a disk is almost full. */
export function FreeSpaceWarning({ freeSpace }: FreeSpaceProps) {
  const disks = freeSpace.low.map((disk) => `the disk of ${DISKS[disk]} has ${formatBytes(freeSpace[disk] ?? 0)} left`);
  if (disks.length === 0) return null;
  return (
    <p role="status" className="mb-6 rounded-lg bg-caution-soft px-4 py-3 text-caution">
      Low disk space: {disks.join(", and ")}. Events are stored, but exports wait until some space is free.
    </p>
  );
}
