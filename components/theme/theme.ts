/** How the screens can look; `system` follows the device. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The cookie that keeps the choice, so that the server already renders it and nothing flashes. */
export const THEME_COOKIE = "trailport-theme";

/** The theme that a cookie names; `system` for anything else. */
export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}
