/** The first letter of a name, or also that of its last word, to stand where a picture would. */
export function initials(name: string, count: 1 | 2): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const chosen = count === 2 && words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return chosen
    .map((word) => firstCharacter(word ?? ""))
    .join("")
    .toUpperCase();
}

/** By code point: half an emoji is no letter. */
function firstCharacter(word: string): string {
  const code = word.codePointAt(0);
  return code === undefined ? "" : String.fromCodePoint(code);
}
