/** Returns the initial of the first word, and with `count` 2 also that of the last word, for avatars. */
export function initials(name: string, count: 1 | 2): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const chosen = count === 2 && words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return chosen
    .map((word) => firstCharacter(word ?? ""))
    .join("")
    .toUpperCase();
}

/** Takes a whole code point, so that an emoji is not split. */
function firstCharacter(word: string): string {
  const code = word.codePointAt(0);
  return code === undefined ? "" : String.fromCodePoint(code);
}
