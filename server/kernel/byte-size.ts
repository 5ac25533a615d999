import { z } from "zod";

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** A number of bytes such as `500MB` or `20 GB`. */
export const byteSize = z
  .string()
  .trim()
  .regex(/^\d+(\.\d+)?\s*([kmgt]?b)?$/i, "must be a size such as 500MB or 20GB")
  .transform((value) =>
    Math.round(Number.parseFloat(value) * (UNITS[/[kmgt]/i.exec(value)?.[0].toLowerCase() ?? ""] ?? 1)),
  );
