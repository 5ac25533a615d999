import { z } from "zod";
import { atMost } from "@/schemas/at-most";
import { requiredText } from "@/schemas/text";
import { KEY_SCOPES } from "./api-key";

/** A new key. Without `scopes`, it may do everything. */
export const newApiKey = z.object({
  name: z.string().trim().pipe(requiredText(100)),
  scopes: atMost(
    KEY_SCOPES.length,
    "scopes",
    z.array(z.enum(KEY_SCOPES)).min(1, "must have at least one scope"),
  ).default([...KEY_SCOPES]),
});
