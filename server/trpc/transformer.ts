import superjson from "superjson";

/** superjson throws if an object has one of these keys. In customers' metadata they are keys like any other. */
const FORBIDDEN_KEYS: readonly string[] = ["constructor", "prototype"];
/** superjson passes objects with an unknown prototype through unchanged, so every client reads them correctly. */
const passThrough: object = Object.freeze(Object.create(null));

/** superjson, but for responses with any keys. */
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
  if (FORBIDDEN_KEYS.some((key) => Object.hasOwn(value, key)))
    return Object.assign(Object.create(passThrough) as object, value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shielded(inner)]));
}
