import { z } from "zod";
import { readPicture, type Picture } from "./picture";
import { requiredText } from "./text";

/** How large a logo's file may be, and how long a side of it. */
const LOGO_BYTES = 256 * 1024;
const LOGO_SIDE = 2000;

/** What customers call the company. On one line, since it is also in the subject of mails. */
export const vendorName = z
  .string()
  .trim()
  .pipe(requiredText(100))
  .refine((name) => !/\p{Cc}/u.test(name), "must be on one line");

export const accentColour = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, "must be a colour such as #0b6068");

/** A file that can be the logo, with what it says of itself. */
export interface NewLogo extends Omit<Picture, "isAnimated"> {
  readonly bytes: Uint8Array;
}

/** The logo that a file is, or why it cannot be one, in a sentence for people. */
export function readLogo(bytes: Uint8Array): NewLogo | string {
  if (bytes.length > LOGO_BYTES)
    return `The file has ${Math.ceil(bytes.length / 1024)} kB. A logo may have at most ${LOGO_BYTES / 1024} kB.`;
  const picture = readPicture(bytes);
  if (!picture)
    return "The file is not a PNG, JPEG or WebP picture, whatever its name says. SVG is not taken, since it can hold scripts.";
  const { isAnimated, ...rest } = picture;
  if (isAnimated) return "The picture moves. Choose one that stands still.";
  const { width, height } = rest;
  if (Math.min(width, height) < 1 || Math.max(width, height) > LOGO_SIDE)
    return `The picture has ${width} × ${height} pixels. A logo may have at most ${LOGO_SIDE} on each side.`;
  return { ...rest, bytes };
}

/** The logo's file, in base64 on its way here. */
const logoFile = z
  .base64()
  .max(LOGO_BYTES * 2, `A logo may have at most ${LOGO_BYTES / 1024} kB.`)
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
