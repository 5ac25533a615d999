import type { Scheme } from "./accent";

/**
 * The colors of a portal page without a vendor's accent, per scheme. They repeat globals.css, since a preview can show
 * another scheme than the page around it.
 */
export const PAGE_COLORS: Readonly<Record<Scheme, Readonly<Record<`--color-${string}`, string>>>> = {
  light: {
    "--color-canvas": "#f9fbfb",
    "--color-surface": "#ffffff",
    "--color-line": "#dfe4e5",
    "--color-ink": "#151d21",
    "--color-accent": "#01666d",
    "--color-on-accent": "#ffffff",
    "--color-accent-soft": "#dbf2f3",
  },
  dark: {
    "--color-canvas": "#0b1112",
    "--color-surface": "#12181a",
    "--color-line": "#252c2e",
    "--color-ink": "#eaedee",
    "--color-accent": "#61cbcb",
    "--color-on-accent": "#02181a",
    "--color-accent-soft": "#0e3135",
  },
};
