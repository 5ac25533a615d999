import { z } from "zod";

/**
 * A record with keys that others choose. zod passes over the key `__proto__` without a word, and nothing of theirs may be
 * lost: it is refused.
 */
export function recordOf<Key extends z.core.$ZodRecordKey, Value extends z.ZodType>(key: Key, value: Value) {
  // The check says nothing of the type, which stays the record's own.
  return z.preprocess(refuseProto, z.record(key, value)) as unknown as z.ZodRecord<Key, Value>;
}

function refuseProto(value: unknown, context: z.core.$RefinementCtx): unknown {
  if (typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__")) {
    context.addIssue({ code: "custom", path: ["__proto__"], message: "must not be called '__proto__'", input: value });
  }
  return value;
}
