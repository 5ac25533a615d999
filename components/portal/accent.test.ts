import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { contrast, toHex, toOklch } from "@/components/color/oklch";
import { AA, accentTones, SCHEMES } from "./accent";
import { PAGE_COLORS } from "./page-colors";

const channels = ["00", "33", "66", "99", "cc", "ff"];
const everyAccent = channels.flatMap((r) => channels.flatMap((g) => channels.map((b) => `#${r}${g}${b}`)));

test("every accent is readable in both schemes, as text and behind text, hovered too", () => {
  for (const hex of everyAccent) {
    for (const scheme of SCHEMES) {
      const { accent, strong, onAccent, soft, selected } = accentTones(hex, scheme);
      const page = scheme === "light" ? "#ffffff" : "#14191b";
      for (const background of [page, soft, selected])
        expect(contrast(accent, background), hex).toBeGreaterThanOrEqual(AA);
      for (const background of [accent, strong]) expect(contrast(onAccent, background), hex).toBeGreaterThanOrEqual(AA);
    }
  }
});

test("a readable accent stays unchanged, and an unreadable one keeps its hue", () => {
  expect(accentTones("#0b4f6c", "light").accent).toBe("#0b4f6c");
  const yellow = accentTones("#ffd400", "light");
  expect(yellow.measured).toBeLessThan(2);
  expect(Math.abs(toOklch(yellow.accent).h - toOklch("#ffd400").h)).toBeLessThan(6);
  expect(accentTones("#ffd400", "dark").accent).toBe("#ffd400");
});

test("contrast follows WCAG, and colors survive the round trip through OKLCH", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  for (const hex of everyAccent) expect(toHex(toOklch(hex))).toBe(hex);
});

test("the preview colors equal those in globals.css", async () => {
  const css = await readFile(new URL("../../app/globals.css", import.meta.url), "utf8");
  for (const scheme of SCHEMES) {
    for (const [name, hex] of Object.entries(PAGE_COLORS[scheme])) {
      const both = new RegExp(`${name}: light-dark\\(oklch\\(([^)]*)\\), oklch\\(([^)]*)\\)\\);`).exec(css);
      const [l = 0, c = 0, h = 0] = (both?.[SCHEMES.indexOf(scheme) + 1] ?? "").split(" ").map(Number);
      expect(toHex({ l, c, h }), `${name} in ${scheme}`).toBe(hex);
    }
  }
});
