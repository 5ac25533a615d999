// Parses the few forms of CEL that Trailport's functions use, without a CEL library. The parsers return null for any
// other form, and the runner then rejects the function.

/** The path of a value inside an event: `["data", "exportId"]` for `event.data.exportId`. */
export type Path = readonly string[];

export interface Equality {
  readonly path: Path;
  readonly value: string;
}

const PATH = String.raw`[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*`;

/** Parses `event.data.exportId`. */
export function parsePath(expression: string): Path | null {
  const match = new RegExp(`^event\\.(${PATH})$`).exec(expression.trim());
  return match?.[1]?.split(".") ?? null;
}

/** Parses `event.data.function_id == 'trailport-export'`. */
export function parseEquality(expression: string): Equality | null {
  const match = new RegExp(`^event\\.(${PATH}) == (?:'([^'\\\\]*)'|"([^"\\\\]*)")$`).exec(expression.trim());
  const value = match?.[2] ?? match?.[3];
  return match?.[1] !== undefined && value !== undefined ? { path: match[1].split("."), value } : null;
}

/** Parses `event.data.exportId == async.data.exportId`, which the SDK sends for `match: "data.exportId"`. */
export function parseMatch(expression: string): Path | null {
  const match = new RegExp(`^event\\.(${PATH}) == async\\.(${PATH})$`).exec(expression.trim());
  return match?.[1] !== undefined && match[1] === match[2] ? match[1].split(".") : null;
}

/** Returns the value at `path`, or undefined if the path does not exist. */
export function valueAt(event: unknown, path: Path): unknown {
  let value = event;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
