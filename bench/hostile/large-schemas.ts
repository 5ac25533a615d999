/** Schemas as large as earlier versions accepted: one with very many properties, and one with many large versions. */
export const LARGE_SCHEMAS = [
  { action: "hostile.wide", versions: 1, properties: 28_000 },
  { action: "hostile.versions", versions: 30, properties: 5_000 },
] as const;

/** Returns a metadata schema with this many optional properties. */
export function largeSchema(properties: number) {
  const names = Array.from({ length: properties }, (_, n) => [`property_${n}`, { type: "string" }] as const);
  return { type: "object", properties: Object.fromEntries(names) };
}
