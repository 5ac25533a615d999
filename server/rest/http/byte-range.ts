import type { ByteRange } from "@/server/kernel/ports/blob-store";

/**
 * Reads a `Range` header (RFC 9110, section 14.2). Ignores, like most servers, other units, malformed ranges, and several
 * ranges at once: the response is then the whole file.
 * @returns null without a range; `unsatisfiable` if the file has no byte of it
 */
export function parseByteRange(header: string | null, size: number): ByteRange | "unsatisfiable" | null {
  const [found, first = "", last = ""] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? "") ?? [];
  if (found === undefined || (first === "" && last === "")) return null;
  if (first === "") {
    const from = Math.max(0, size - Number(last));
    return from < size ? { from, to: size } : "unsatisfiable";
  }
  const from = Number(first);
  if (last !== "" && Number(last) < from) return null;
  if (from >= size) return "unsatisfiable";
  return { from, to: last === "" ? size : Math.min(size, Number(last) + 1) };
}
