import type { z } from "zod";
import { describeInexactNumber, InexactNumber } from "./exact-json";

/** Says what is wrong with a value. The issue must come from a schema that was called with `reportInput`. */
export function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.input instanceof InexactNumber) return describeInexactNumber(issue.input);
  // Zod says "Invalid key in record" and hides the rule that the key breaks.
  const rule = issue.code === "invalid_key" ? issue.issues[0]?.message : undefined;
  return rule === undefined ? issue.message : `is not a valid key: it ${rule}`;
}
