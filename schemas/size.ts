const UNITS = ["kB", "MB", "GB", "TB"] as const;

/** Formats a size as `512 B`, `4.8 MB` or `12 GB`, in units of 1,000 as file managers do. */
export function formatBytes(bytes: number): string {
  let rest = bytes;
  let unit = "B";
  for (const next of UNITS) {
    if (rest < 1000) break;
    rest /= 1000;
    unit = next;
  }
  return `${rest.toLocaleString("en-US", { maximumFractionDigits: rest < 10 && unit !== "B" ? 1 : 0 })} ${unit}`;
}
