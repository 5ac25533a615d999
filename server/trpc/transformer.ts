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
  deserialize: readInput,
};

/** The types besides those of JSON that inputs have. */
const INPUT_TYPES: readonly unknown[] = ["Date", "undefined"];

/**
 * Reads what a client's superjson wrote. superjson itself would also create values that no procedure accepts, such as
 * big integers and regular expressions, some of which take long to create.
 * @throws Error for any other type, which tRPC reports as a bad request
 */
function readInput(payload: Parameters<typeof superjson.deserialize>[0]): unknown {
  requireInputTypes(payload.meta?.values);
  return superjson.deserialize(payload);
}

/** Checks superjson's annotations: nested objects by property, in which lists contain types and further annotations. */
function requireInputTypes(annotations: unknown): void {
  if (Array.isArray(annotations)) {
    const [type, ...nested] = annotations as unknown[];
    if (!INPUT_TYPES.includes(type)) throw new Error("The input has a value of a type that no procedure accepts.");
    nested.forEach(requireInputTypes);
  } else if (typeof annotations === "object" && annotations !== null) {
    Object.values(annotations).forEach(requireInputTypes);
  }
}

function shielded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shielded);
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  if (FORBIDDEN_KEYS.some((key) => Object.hasOwn(value, key)))
    return Object.assign(Object.create(passThrough) as object, value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shielded(inner)]));
}
