import { z } from "zod";

/**
 * A record whose keys customers choose. zod silently drops the key `__proto__`, so this schema rejects it: customer data
 * must not be lost.
 */
export function recordOf<Key extends z.core.$ZodRecordKey, Value extends z.ZodType>(key: Key, value: Value) {
  // The check does not change the type of the record.
  return z.preprocess(rejectProto, z.record(key, value)) as unknown as z.ZodRecord<Key, Value>;
}

function rejectProto(value: unknown, context: z.core.$RefinementCtx): unknown {
  if (typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__")) {
    context.addIssue({ code: "custom", path: ["__proto__"], message: "must not be called '__proto__'", input: value });
  }
  return value;
}
