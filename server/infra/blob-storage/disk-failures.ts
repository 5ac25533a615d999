import { DomainError } from "@/server/kernel/errors";

const SENTENCES: Record<string, string> = {
  ENOSPC: "The disk for export files is full. Free some space, then export again.",
  EDQUOT: "The disk quota for the files is used up. Raise it or free some space, then run the export again.",
  EFBIG: "The disk that keeps the files takes no file as large as this. Raise the limit, or export a shorter range.",
  EROFS: "The disk that keeps the files is read-only.",
  EACCES: "The folder that keeps the files cannot be written to: permission denied.",
  EPERM: "The folder that keeps the files cannot be written to: permission denied.",
  ENOTDIR: "The place that keeps the files is not a folder.",
  EIO: "The disk that keeps the files reports a fault.",
};

/** Does disk work; what an operator can mend fails as a DomainError `unavailable` that says what it is. */
export async function clearly<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const sentence = error instanceof Error && "code" in error ? SENTENCES[String(error.code)] : undefined;
    throw sentence === undefined ? error : new DomainError("unavailable", sentence);
  }
}
