import { z } from "zod";
import { ACCENT_COLOUR } from "./accent-color";
import { MAX_LOGO_BYTES, readLogo } from "./logo-file";
import { requiredText } from "@/schemas/text";

/** What customers call the company. On one line, since it is also in the subject of mails. */
const vendorName = z
  .string()
  .trim()
  .pipe(requiredText(100))
  .refine((name) => !/\p{Cc}/u.test(name), "must be on one line");

const accentColour = z.string().trim().toLowerCase().regex(ACCENT_COLOUR, "must be a colour such as #0b6068");

/** The logo's file, in base64 on its way here. */
const logoFile = z
  .base64()
  .max(MAX_LOGO_BYTES * 2, `A logo may have at most ${MAX_LOGO_BYTES / 1024} kB.`)
  .transform((text, context) => {
    const logo = readLogo(z.util.base64ToUint8Array(text));
    if (typeof logo !== "string") return logo;
    context.addIssue({ code: "custom", message: logo });
    return z.NEVER;
  });

/** What of the branding is to change; what is left out stays, null takes it away. */
export const portalBrandingChanges = z.object({
  name: vendorName.exactOptional(),
  accent: accentColour.nullable().exactOptional(),
  logo: logoFile.nullable().exactOptional(),
});
export type PortalBrandingChanges = z.output<typeof portalBrandingChanges>;

/** How a portal shows whose it is. */
export interface PortalBranding {
  readonly name: string;
  /** `#rrggbb` as it was chosen; without one, Trailport's own. */
  readonly accent: string | null;
  readonly logo: PortalLogo | null;
}

export interface PortalLogo {
  /** On this host; another picture has another address. */
  readonly href: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}
