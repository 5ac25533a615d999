/**
 * The few forms of CEL that our functions need, read without a CEL library.
 * Whatever is not one of them is not understood, and the function is refused.
 */

/** The way to a value inside an event: `["data", "exportId"]` for `event.data.exportId`. */
export type Path = readonly string[];

export interface Equality {
  readonly path: Path;
  readonly value: string;
}

const PATH = String.raw`[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*`;

/** `event.data.exportId` */
export function parsePath(expression: string): Path | null {
  const match = new RegExp(`^event\\.(${PATH})$`).exec(expression.trim());
  return match?.[1]?.split(".") ?? null;
}

/** `event.data.function_id == 'trailport-export'` */
export function parseEquality(expression: string): Equality | null {
  const match = new RegExp(`^event\\.(${PATH}) == (?:'([^'\\\\]*)'|"([^"\\\\]*)")$`).exec(expression.trim());
  const value = match?.[2] ?? match?.[3];
  return match?.[1] !== undefined && value !== undefined ? { path: match[1].split("."), value } : null;
}

/** `event.data.exportId == async.data.exportId`, which is what `match: "data.exportId"` becomes. */
export function parseMatch(expression: string): Path | null {
  const match = new RegExp(`^event\\.(${PATH}) == async\\.(${PATH})$`).exec(expression.trim());
  return match?.[1] !== undefined && match[1] === match[2] ? match[1].split(".") : null;
}

/** The value at `path`, or undefined when the way to it is interrupted. */
export function valueAt(event: unknown, path: Path): unknown {
  let value = event;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
