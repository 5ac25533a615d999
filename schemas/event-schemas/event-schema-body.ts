import { z } from "zod";
import { atMost } from "@/schemas/at-most";
import { SCHEMA_LIMITS } from "@/schemas/limits";
import { metadataSchema, newEventSchema } from "./event-schema";
import { described, into, withSenderPaths } from "@/schemas/wire";

/** Absent, null and `[]`, which PHP sends for an empty object, mean that nothing is declared. */
const wireSchema = described(
  z.preprocess(
    (value) => (value === undefined || (Array.isArray(value) && value.length === 0) ? null : value),
    z.unknown(),
  ),
  metadataSchema.describe(
    "JSON Schema for flat metadata with strings, numbers and booleans, and at most 50 properties.",
  ),
);

/** A new version of an action's schema, as a request body. */
export const eventSchemaBody = withSenderPaths(
  z
    .object({
      targets: atMost(
        SCHEMA_LIMITS.targetTypes,
        "target types",
        z.array(z.object({ type: described(z.unknown(), z.string()), metadata: wireSchema })),
      ),
      actor: z.object({ metadata: wireSchema }).nullish(),
      metadata: wireSchema,
    })
    .transform(({ targets, actor, metadata }) => ({ targets, metadata, actorMetadata: actor?.metadata ?? null }))
    .pipe(into(newEventSchema)),
  (path) => (path[0] === "actorMetadata" ? ["actor", "metadata", ...path.slice(1)] : path),
);
