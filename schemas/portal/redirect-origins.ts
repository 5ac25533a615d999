import { z } from "zod";

/** The origins to which portal links can return visitors, such as `https://app.example.com`. */
export const redirectOrigins = z.object({
  origins: z
    .array(
      z
        .url({ protocol: /^https?$/, error: "must be a URL such as https://app.example.com" })
        .max(500)
        .transform((url) => new URL(url).origin),
    )
    .max(50, "must have at most 50 origins")
    .transform((list) => [...new Set(list)]),
});
