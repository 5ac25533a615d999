/** The color themes. `system` follows the device. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The cookie that stores the theme. The server reads it to render the right theme from the start, without a flash. */
export const THEME_COOKIE = "trailport-theme";

/** Returns the theme in a cookie's value, or `system` for any other value. */
export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}
