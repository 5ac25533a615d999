import { DomainError } from "@/server/kernel/errors";

const MESSAGES: Record<string, string> = {
  ENOSPC: "The disk for export files is full. Free some space, then export again.",
  EDQUOT: "The disk quota for export files is used up. Raise it or free some space, then export again.",
  EFBIG: "The disk for export files does not allow files this large. Raise its limit or export a shorter range.",
  EROFS: "The disk for export files is read-only.",
  EACCES: "The server may not write to the folder for export files: permission denied.",
  EPERM: "The server may not write to the folder for export files: permission denied.",
  ENOTDIR: "The path for export files is not a folder.",
  EIO: "The disk for export files reported an I/O error.",
};

/** Runs disk operations. Errors that an operator can fix become DomainError `unavailable` with a clear message. */
export async function explainDiskErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error && "code" in error ? MESSAGES[String(error.code)] : undefined;
    throw message === undefined ? error : new DomainError("unavailable", message);
  }
}
