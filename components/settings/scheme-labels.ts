import type { Scheme } from "@/components/portal/accent";

/** The names of the color schemes on the settings page. */
export const SCHEME_LABELS: Record<Scheme, string> = { light: "Light", dark: "Dark" };
