import { keys, numbers, texts } from "./hostile-values";
import type { Random } from "./random";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Generates an unexpected value as JSON text. */
function hostileValue(random: Random): string {
  switch (random.below(9)) {
    case 0:
      return random.pick(numbers);
    case 1:
      return random.pick(["null", "true", "false", "[]", "{}", "[null]", "[[]]", '{"a":{"b":1}}']);
    case 2:
      return "[".repeat(5_000) + "]".repeat(5_000);
    case 3:
      return '{"a":'.repeat(2_000) + "1" + "}".repeat(2_000);
    case 4:
      return `[${Array.from({ length: 5_000 }, () => random.pick(["1", "null", '""', "{}"])).join(",")}]`;
    case 5:
      return `{${keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(random.pick(texts))}`).join(",")}}`;
    case 6:
      return `{${Array.from({ length: 60 }, (_, n) => `"k${n}":${n}`).join(",")}}`;
    default:
      return JSON.stringify(random.pick(texts));
  }
}

/** Generates JSON text of `valid` with one to three faults. */
export function spoiledBody(random: Random, valid: unknown): string {
  // The documented examples are JSON.
  let text = spoil(random, valid as Json, 1 + random.below(3));
  if (random.chance(0.05)) text = text.slice(0, random.below(text.length + 1));
  if (random.chance(0.03)) text = `${text}${random.pick([",", "}", "\u0000", " {}", "\ufeff"])}`;
  if (random.chance(0.03)) text = `\ufeff${text}`;
  return text;
}

function spoil(random: Random, value: Json, times: number): string {
  const here = random.chance(0.15);
  if (here || value === null || typeof value !== "object")
    return here || random.chance(0.3) ? hostileValue(random) : JSON.stringify(value);
  if (Array.isArray(value))
    return `[${value.map((item: Json) => (random.chance(0.5) ? spoil(random, item, times) : JSON.stringify(item))).join(",")}]`;
  const members = Object.entries(value).flatMap(([key, inner]) => {
    if (random.chance(0.08)) return [];
    const member = `${JSON.stringify(key)}:${random.chance(0.4) ? spoil(random, inner, times) : JSON.stringify(inner)}`;
    // A duplicate key: correct parsers use the last value.
    return random.chance(0.05) ? [member, `${JSON.stringify(key)}:${hostileValue(random)}`] : [member];
  });
  for (let n = 0; n < times; n += 1) {
    if (random.chance(0.3)) members.push(`${JSON.stringify(random.pick(keys))}:${hostileValue(random)}`);
  }
  return `{${members.join(",")}}`;
}

/** Generates a part of a path or query with any bytes that a request line can contain. */
export function hostilePart(random: Random): string {
  const encoded = () => encodeURIComponent(random.pick(texts).slice(0, 2_000).toWellFormed());
  return random.pick([
    encoded(),
    "%zz",
    "%00",
    "%",
    "%c3%28",
    "%ed%a0%80",
    "%2e%2e%2f",
    "..",
    "%2F",
    ";",
    "*",
    "\u00e9",
    "a+b",
    "x".repeat(3_000),
    "__proto__",
    "[]",
    "-1",
    "1e9",
    "org_",
  ]);
}

/** Generates a query of one to six parameters, most of which exist. */
export function hostileQuery(random: Random): string {
  const names = [
    "limit",
    "after",
    "before",
    "order",
    "domains",
    "search",
    "organization_id",
    "actions",
    "range_start",
    "range_end",
    "expires",
    "signature",
    "__proto__",
    "",
  ] as const;
  const endings = ["", "[]", "[0]", "[99999999999]", "[a]", "[][]", "%5B%5D"] as const;
  const values = [
    "1",
    "100",
    "101",
    "0",
    "-5",
    "1e3",
    "0x10",
    "99999999999999999999",
    "asc",
    "desc",
    "normal",
    "null",
    "a,b,,c",
    "2026-01-01",
    "a,".repeat(2_000),
  ] as const;
  const parameter = () =>
    `${random.pick(names)}${random.pick(endings)}=${random.chance(0.5) ? random.pick(values) : hostilePart(random)}`;
  return Array.from({ length: 1 + random.below(6) }, parameter).join(random.pick(["&", "&", "&&", ";"]));
}

/** Generates headers that replace or follow the valid ones. */
export function hostileHeaders(random: Random): (readonly [name: string, value: string])[] {
  const key = random.pick(["a", "", " ", "k".repeat(10_000), "\u00ff\u00fe", '"quoted", two', "retry-1", "__proto__"]);
  return random.pick([
    [["Idempotency-Key", key]],
    [
      ["Idempotency-Key", key],
      ["Idempotency-Key", "another"],
    ],
    [
      [
        "Content-Type",
        random.pick([
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "application/json; charset=utf-16",
          "application/x-ndjson",
          "\u00e9",
          "",
        ]),
      ],
    ],
    [["Accept", "text/html"]],
    [["Accept-Encoding", "utf-8"]],
    [["Content-Encoding", "gzip"]],
    [["X-HTTP-Method-Override", "DELETE"]],
    [["X-Forwarded-Host", "evil.example"]],
    [["X-Request-Id", "mine"]],
    [["Cookie", "a=b; __proto__=c"]],
    [["Range", "bytes=0-99999999999"]],
    [["Connection", "close"]],
  ]);
}
