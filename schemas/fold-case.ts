/**
 * Lower-case spellings that a search treats alike: those with the same upper case, as in Unicode's case folding, and the
 * Turkish i with and without its dot.
 */
export const ALIKE: readonly (readonly [spelling: string, like: string])[] = [
  ["ς", "σ"],
  ["ß", "ss"],
  ["ſ", "s"],
  ["ı", "i"],
  // The lower case of İ.
  ["i\u0307", "i"],
  ["\u00b5", "μ"],
  ["ϐ", "β"],
  ["ϑ", "θ"],
  ["ϕ", "φ"],
  ["ϖ", "π"],
  ["ϰ", "κ"],
  ["ϱ", "ρ"],
  ["ϵ", "ε"],
  ["ẛ", "ṡ"],
];

/** Converts text so that a search for it ignores case and finds composed and decomposed characters alike. */
export function foldCase(text: string): string {
  const lower = text.normalize("NFC").toLowerCase();
  return ALIKE.reduce((folded, [spelling, like]) => folded.replaceAll(spelling, like), lower);
}
