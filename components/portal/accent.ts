import { contrast, toHex, toOklch, type Oklch } from "@/components/color/oklch";

/** WCAG's level AA, for text of any size. */
export const AA = 4.5;

export const SCHEMES = ["light", "dark"] as const;
export type Scheme = (typeof SCHEMES)[number];

/** What one scheme makes of an accent. */
export interface AccentTones {
  /** The accent as it was chosen against the ground on which it reads worst. */
  readonly measured: number;
  /** The accent as it was chosen where that can be read, and otherwise the nearest shade of it that can. */
  readonly accent: string;
  readonly strong: string;
  /** Black or white, whichever reads better on the accent. */
  readonly onAccent: string;
  readonly soft: string;
  readonly selected: string;
}

interface SchemeRules {
  /** Of the tinted grounds: lightness, and how much of the accent's chroma they may have. */
  readonly soft: Pick<Oklch, "l" | "c">;
  readonly selected: Pick<Oklch, "l" | "c">;
  /** The ground of globals.css, other than those two, on which an accent reads worst. */
  readonly ground: string;
  /** Which way an accent has to go to be read. */
  readonly direction: 1 | -1;
}

const rules: Record<Scheme, SchemeRules> = {
  light: { soft: { l: 0.945, c: 0.025 }, selected: { l: 0.95, c: 0.022 }, ground: "#ecf1f1", direction: -1 },
  dark: { soft: { l: 0.29, c: 0.04 }, selected: { l: 0.275, c: 0.03 }, ground: "#1f2628", direction: 1 },
};

/** How much stronger an accent is under the pointer. */
const STRONGER = 0.06;

/** Makes an accent of one scheme out of `#rrggbb`, always one that can be read. */
export function accentTones(hex: string, scheme: Scheme): AccentTones {
  const { direction, ground, ...tints } = rules[scheme];
  const chosen = toOklch(hex);
  const tint = ({ l, c }: Pick<Oklch, "l" | "c">) => toHex({ ...chosen, l, c: Math.min(chosen.c, c) });
  const [soft, selected] = [tint(tints.soft), tint(tints.selected)];
  const worst = (colour: string) => Math.min(...[ground, soft, selected].map((each) => contrast(colour, each)));
  let accent = hex;
  for (let l = chosen.l; worst(accent) < AA;) {
    l += direction * 0.005;
    accent = toHex({ ...chosen, l });
  }
  const { l } = toOklch(accent);
  // At the end of the scale, back from it.
  const away = l + direction * STRONGER;
  const strong = toHex({ ...chosen, l: away > 0.05 && away < 0.99 ? away : l - direction * STRONGER });
  const onAccent = contrast("#ffffff", accent) >= contrast("#000000", accent) ? "#ffffff" : "#000000";
  return { measured: worst(hex), accent, strong, onAccent, soft, selected };
}

/** The colours of globals.css that an accent replaces, in one scheme. */
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
