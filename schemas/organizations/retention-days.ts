import { z } from "zod";
import { MAX_RETENTION_DAYS } from "@/schemas/limits";

/** How many days events are kept. */
export const retentionDays = z.number().int("must be a whole number of days").min(1).max(MAX_RETENTION_DAYS);
