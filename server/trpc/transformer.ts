import superjson from "superjson";

/** Keys that superjson throws at, wherever they stand; in the metadata of a customer they are keys like any other. */
const REFUSED: readonly string[] = ["constructor", "prototype"];
/** Objects of this kind superjson hands on as they are, so that every client of it reads them as what they were. */
const asItIs: object = Object.freeze(Object.create(null));

/** superjson, for answers with whatever keys. */
export const transformer = {
  serialize(value: unknown): unknown {
    try {
      return superjson.serialize(value);
    } catch {
      return superjson.serialize(shielded(value));
    }
  },
  deserialize: superjson.deserialize,
};

function shielded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shielded);
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  if (REFUSED.some((key) => Object.hasOwn(value, key))) return Object.assign(Object.create(asItIs) as object, value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shielded(inner)]));
}
