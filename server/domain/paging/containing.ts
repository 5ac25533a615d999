/**
 * Returns Prisma's condition that a column contains `text` literally, ignoring case. Prisma passes the text to `ILIKE`, where
 * `%`, `_` and the backslash would be wildcards.
 */
export function containing(text: string) {
  return { contains: text.replaceAll(/[\\%_]/g, String.raw`\$&`), mode: "insensitive" } as const;
}
