import { endOfString } from "@/schemas/exact-json";

/** Values in the JSON of a request: objects, lists, and commas between items or properties. The largest event has 5,700. */
export const MAX_JSON_VALUES = 10_000;
/** Nested levels in the JSON of a request; valid ones have fewer. Deeper ones would overflow the stack of our readers. */
export const MAX_JSON_LEVELS = 64;

/** Shorter texts, in characters, cannot have too many values, and too few levels to take long to read. */
const SHORT = 8_000;

const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Whether JSON text has more values or levels than any valid request. Parsing and validating 1 MB of small values would
 * block all other requests of the process for a quarter of a second; counting them first takes a millisecond.
 * The text need not be valid JSON.
 */
export function isOversizedJson(text: string): boolean {
  if (text.length <= SHORT) return false;
  let values = 0;
  let levels = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case COMMA:
        values += 1;
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        values += 1;
        levels += 1;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        levels -= 1;
        break;
      default:
    }
    if (values > MAX_JSON_VALUES || levels > MAX_JSON_LEVELS) return true;
  }
  return false;
}
