/** An accent color in the form in which it is stored. */
export const ACCENT_COLOR = /^#[0-9a-f]{6}$/;

/**
 * Normalizes a typed accent color; returns null if it is not one. This file does not import zod, so that a form can use it
 * without loading zod into the browser.
 */
export function readAccent(text: string): string | null {
  const color = text.trim().toLowerCase();
  return ACCENT_COLOR.test(color) ? color : null;
}
