/** Characters that are kept, of texts and answers together; what is longer begins anew. */
const MOST = 2_000_000;

/**
 * Remembers what was answered for a text: actions, actors and contexts repeat, and looking one up takes a fraction of
 * writing it.
 */
export class Remembered {
  #answers = new Map<string, string>();
  #characters = 0;

  constructor(private readonly answer: (text: string) => string) {}

  of(text: string): string {
    const known = this.#answers.get(text);
    if (known !== undefined) return known;
    const answer = copyOf(this.answer(text));
    this.#characters += text.length + answer.length;
    if (this.#characters > MOST) {
      this.#answers.clear();
      this.#characters = text.length + answer.length;
    }
    this.#answers.set(copyOf(text), answer);
    return answer;
  }
}

/** A part of a text keeps the whole of it in memory, here many rows. */
function copyOf(part: string): string {
  return Buffer.from(part).toString();
}
