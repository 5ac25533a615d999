import { z } from "zod";
import { endOfString } from "@/schemas/exact-json";
import { isOversizedJson } from "@/server/kernel/json-size";
import { TimeSlices } from "@/server/kernel/time-slices";
import { invalidJson, notJson, parseJson } from "./read-body";

/** Shorter bodies, in characters, are parsed at once. They are too short to keep other requests waiting. */
const PARSED_AT_ONCE = 128_000;
/** Characters that a longer body may have around its items. */
const MAX_FRAME = 10_000;
/** Steps of a few nanoseconds between two looks at the clock. */
const STEPS = 20_000;

/** An object whose list is empty. */
const LIST_ONLY = z.object({ events: z.array(z.never()) });
/** The beginning of the list, if the body is an object. */
const LIST = /"events"[\t\n\r ]*:[\t\n\r ]*\[/y;

/**
 * Parses a JSON list, or an object with the list `events`. A long list is parsed item by item, in slices that let other
 * requests run, and no further than one item beyond `most`. A symbol, which no schema accepts, replaces an item with more
 * values or levels than any valid one.
 * @throws DomainError `invalid_request` if the body is not JSON
 */
export async function readItems(text: string, most: number): Promise<unknown> {
  if (text.length <= PARSED_AT_ONCE) {
    const value = parseJson(text);
    // Together, the items can have more values than other requests may have.
    if (value !== notJson || !isOversizedJson(text)) return value === notJson ? reject(text) : value;
  }
  const slices = new TimeSlices();
  const found = await findItems(text, most, slices);
  const items: unknown[] = [];
  for (const item of found.items) {
    const value = parseJson(item);
    if (value === notJson && !isOversizedJson(item) && !isJson(item)) return reject(text);
    items.push(value);
    if (slices.isOver()) await slices.next();
  }
  // Other keys of the object are kept, because what reads them may reject them.
  return Array.isArray(found.frame) ? items : { ...Object(found.frame), events: items };
}

/** Parses one item per line, like `readItems`. A symbol also replaces a line that is not JSON. */
export async function readLines(text: string, most: number): Promise<unknown[]> {
  const slices = new TimeSlices();
  const items: unknown[] = [];
  let steps = 0;
  for (let start = 0; start < text.length && items.length <= most;) {
    const next = text.indexOf("\n", start);
    const end = next === -1 ? text.length : next;
    const line = text.slice(start, end).trim();
    if (line !== "") items.push(parseJson(line));
    steps += 10 + end - start;
    start = end + 1;
    if (steps < STEPS) continue;
    steps = 0;
    if (slices.isOver()) await slices.next();
  }
  return items;
}

/** The texts of the items, and the body without them. */
interface Found {
  readonly items: readonly string[];
  readonly frame: unknown;
}

/** Finds the items of the list, without parsing them. */
async function findItems(text: string, most: number, slices: TimeSlices): Promise<Found> {
  const items: string[] = [];
  let levels = 0;
  // Where the list and its current item begin; the list's items are on the level `listLevel`.
  let list = -1;
  let item = -1;
  let listLevel = -1;
  const begin = (at: number) => {
    levels += 1;
    listLevel = levels;
    list = at;
    item = at + 1;
  };
  let steps = 0;
  for (let at = 0; at < text.length; at += 1) {
    const from = at;
    switch (text.charAt(at)) {
      case '"':
        LIST.lastIndex = at;
        if (list === -1 && levels === 1 && LIST.test(text)) {
          at = LIST.lastIndex - 1;
          begin(at);
        } else {
          at = endOfString(text, at);
        }
        break;
      case ",":
        if (levels !== listLevel) break;
        items.push(text.slice(item, at));
        if (items.length > most) return { items, frame: [] };
        item = at + 1;
        break;
      case "[":
      case "{":
        if (levels === 0 && text.charAt(at) === "[") begin(at);
        else levels += 1;
        break;
      case "]":
      case "}":
        if (levels === listLevel) {
          const last = text.slice(item, at);
          if (items.length > 0 || last.trim() !== "") items.push(last);
          return { items, frame: frameOf(text, list, at) };
        }
        levels -= 1;
        break;
      default:
    }
    steps += 1 + at - from;
    if (steps < STEPS) continue;
    steps = 0;
    if (slices.isOver()) await slices.next();
  }
  return reject(text);
}

/** Parses what is around the list's items. */
function frameOf(text: string, start: number, end: number): unknown {
  if (text.length - (end - start) > MAX_FRAME) return reject(text);
  const frame = parseJson(text.slice(0, start + 1) + text.slice(end));
  if (Array.isArray(frame)) return frame;
  // With a second list of the same name, the items of one of them would be ignored.
  const isEmpty = LIST_ONLY.safeParse(frame).success;
  return isEmpty ? frame : reject(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function reject(text: string): never {
  throw invalidJson(text);
}
