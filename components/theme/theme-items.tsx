"use client";

import { Monitor, Moon, Sun, type LucideIcon } from "lucide-react";
import { MenuLabel, MenuRadioGroup, MenuRadioItem } from "@/components/ui/overlays/menu-items";
import { parseTheme, THEMES, type Theme } from "./theme";
import { useTheme } from "./use-theme";

const choices: Record<Theme, { readonly label: string; readonly icon: LucideIcon }> = {
  system: { label: "System", icon: Monitor },
  light: { label: "Light", icon: Sun },
  dark: { label: "Dark", icon: Moon },
};

/** Menu items that select the theme. */
export function ThemeItems() {
  const [theme, choose] = useTheme();
  return (
    <>
      <MenuLabel>Theme</MenuLabel>
      <MenuRadioGroup value={theme} onValueChange={(value) => choose(parseTheme(value))}>
        {THEMES.map((each) => {
          const { label, icon: Icon } = choices[each];
          return (
            <MenuRadioItem key={each} value={each}>
              <Icon aria-hidden />
              {label}
            </MenuRadioItem>
          );
        })}
      </MenuRadioGroup>
    </>
  );
}
