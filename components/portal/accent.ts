import { contrast, toHex, toOklch, type Oklch } from "@/components/color/oklch";

/** The contrast that WCAG level AA requires for text of any size. */
export const AA = 4.5;

export const SCHEMES = ["light", "dark"] as const;
export type Scheme = (typeof SCHEMES)[number];

/** The colors that one scheme derives from an accent. */
export interface AccentTones {
  /** Contrast of the chosen accent on the background where it is hardest to read. */
  readonly measured: number;
  /** The chosen accent if it is readable, and otherwise the nearest readable shade. */
  readonly accent: string;
  readonly strong: string;
  /** Black or white, whichever is easier to read on the accent. */
  readonly onAccent: string;
  readonly soft: string;
  readonly selected: string;
}

interface SchemeRules {
  /** Lightness and maximum chroma of the tinted backgrounds. */
  readonly soft: Pick<Oklch, "l" | "c">;
  readonly selected: Pick<Oklch, "l" | "c">;
  /** The background in globals.css, other than those two, on which an accent is hardest to read. */
  readonly background: string;
  /** Whether an accent gets lighter (1) or darker (-1) to become readable. */
  readonly direction: 1 | -1;
}

const rules: Record<Scheme, SchemeRules> = {
  light: { soft: { l: 0.945, c: 0.025 }, selected: { l: 0.95, c: 0.022 }, background: "#ecf1f1", direction: -1 },
  dark: { soft: { l: 0.29, c: 0.04 }, selected: { l: 0.275, c: 0.03 }, background: "#1f2628", direction: 1 },
};

/** Lightness by which the accent changes under the pointer. */
const HOVER_STEP = 0.06;

/** Derives the colors of one scheme from an accent (`#rrggbb`). They are always readable. */
export function accentTones(hex: string, scheme: Scheme): AccentTones {
  const { direction, background, ...tints } = rules[scheme];
  const chosen = toOklch(hex);
  const tint = ({ l, c }: Pick<Oklch, "l" | "c">) => toHex({ ...chosen, l, c: Math.min(chosen.c, c) });
  const [soft, selected] = [tint(tints.soft), tint(tints.selected)];
  const worst = (color: string) => Math.min(...[background, soft, selected].map((each) => contrast(color, each)));
  let accent = hex;
  for (let l = chosen.l; worst(accent) < AA;) {
    l += direction * 0.005;
    accent = toHex({ ...chosen, l });
  }
  const { l } = toOklch(accent);
  // At the end of the scale, step back instead.
  const away = l + direction * HOVER_STEP;
  const strong = toHex({ ...chosen, l: away > 0.05 && away < 0.99 ? away : l - direction * HOVER_STEP });
  const onAccent = contrast("#ffffff", accent) >= contrast("#000000", accent) ? "#ffffff" : "#000000";
  return { measured: worst(hex), accent, strong, onAccent, soft, selected };
}

/** The colors of globals.css that an accent replaces, in one scheme. */
export function accentVariables(hex: string, scheme: Scheme): Readonly<Record<`--color-${string}`, string>> {
  const { accent, strong, onAccent, soft, selected } = accentTones(hex, scheme);
  return {
    "--color-accent": accent,
    "--color-accent-strong": strong,
    "--color-on-accent": onAccent,
    "--color-accent-soft": soft,
    "--color-selected": selected,
  };
}
