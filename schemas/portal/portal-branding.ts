import { z } from "zod";
import { MAX_LOGO_BYTES } from "@/schemas/limits";
import { requiredText } from "@/schemas/text";
import { ACCENT_COLOR } from "./accent-color";
import { readLogo } from "./logo-file";

/** The name that customers know the company by. It must fit on one line because email subjects contain it. */
const vendorName = z
  .string()
  .trim()
  .pipe(requiredText(100))
  .refine((name) => !/\p{Cc}/u.test(name), "must be on one line");

const accentColor = z.string().trim().toLowerCase().regex(ACCENT_COLOR, "must be a hex color such as #0b6068");

/** The logo's file in base64, converted to the logo. */
const logoFile = z
  .base64()
  .max(MAX_LOGO_BYTES * 2, `Logos can be up to ${MAX_LOGO_BYTES / 1024} kB.`)
  .transform((text, context) => {
    const logo = readLogo(z.util.base64ToUint8Array(text));
    if (typeof logo !== "string") return logo;
    context.addIssue({ code: "custom", message: logo });
    return z.NEVER;
  });

/** Changes to the branding. A missing field does not change; null removes the value. */
export const portalBrandingChanges = z.object({
  name: vendorName.exactOptional(),
  accent: accentColor.nullable().exactOptional(),
  logo: logoFile.nullable().exactOptional(),
});
export type PortalBrandingChanges = z.output<typeof portalBrandingChanges>;

/** The vendor's appearance in the portal. */
export interface PortalBranding {
  readonly name: string;
  /** `#rrggbb`, or null for Trailport's own color. */
  readonly accent: string | null;
  readonly logo: PortalLogo | null;
}

export interface PortalLogo {
  /** A path on this host. A different image has a different path. */
  readonly href: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}
