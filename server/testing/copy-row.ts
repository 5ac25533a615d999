const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\b": String.raw`\b`,
  "\f": String.raw`\f`,
  "\n": String.raw`\n`,
  "\r": String.raw`\r`,
  "\t": String.raw`\t`,
  "\v": String.raw`\v`,
};
const escape = (cell: string) => cell.replaceAll(/[\\\b\f\n\r\t\v]/g, (found) => ESCAPES[found] ?? "");

interface CopiedEvent {
  readonly location: string;
  readonly targets?: readonly object[];
  readonly actorName?: string;
  readonly metadata?: string;
  /** occurred_at and received_at, in milliseconds since 1970. */
  readonly timestamps?: readonly [number, number];
}

/** Returns one event of the log as an export reads it, in the text format of PostgreSQL's COPY. */
export function copyRow({
  location,
  targets = [],
  actorName = "",
  metadata = '{"a":"=1"}',
  timestamps = [1_757_937_600_000, 1_757_937_600_123],
}: CopiedEvent): Buffer {
  const actor = ["user_1", "user", actorName, ""];
  const start = ["0199a0b1-0000-7000-8000-000000000001", ...timestamps.map(String), "user.signed_in", "1", ...actor];
  return Buffer.from(`${[...start, JSON.stringify(targets), location, "", metadata].map(escape).join("\t")}\n`);
}

/** Texts that no spreadsheet runs as a formula. */
export const HARMLESS_TEXTS: readonly string[] = [
  "",
  "plain",
  "a=b",
  "1-2",
  "-5",
  "+5",
  "-1.5e3",
  ".5",
  "'quoted'",
  "it's",
  "a,b",
  'a "b"',
  "line\nbreak",
  "line\r\nbreak",
  " blank ",
  "a;b",
  "a; b;",
  ";",
  "x;ü",
  "x; 'a'",
  "tab\tbed",
  "Mozilla/5.0 (X11; Linux x86_64)",
  "\u001e\u001f",
  "😀",
  "مرحبا",
];
