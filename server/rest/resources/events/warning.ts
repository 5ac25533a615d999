import { z } from "zod";

/** Something about a stored event that its sender should look at. */
const warning = z.object({
  code: z.string(),
  field: z.string().describe("The field of the request."),
  message: z.string(),
});
export type Warning = z.output<typeof warning>;

export const warnings = z
  .array(warning)
  .optional()
  .describe(
    "Specific to Trailport. The event is stored, but fields that no event has are not, or its time is in the future or so old " +
      "that retention soon deletes it. Absent if there is nothing to say.",
  );
