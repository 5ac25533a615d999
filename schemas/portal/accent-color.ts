/** An accent as it is stored. */
export const ACCENT_COLOUR = /^#[0-9a-f]{6}$/;

/** The accent that a typed text names, or null. Apart from its rule, so that a form needs no zod for it. */
export function readAccent(text: string): string | null {
  const colour = text.trim().toLowerCase();
  return ACCENT_COLOUR.test(colour) ? colour : null;
}
