import { readPicture, type Picture } from "./picture";

/** How large a logo's file may be, and how long a side of it. */
export const MAX_LOGO_BYTES = 256 * 1024;
const MAX_LOGO_SIDE = 2000;

/** A file that can be the logo, with what it says of itself. */
export interface NewLogo extends Omit<Picture, "isAnimated"> {
  readonly bytes: Uint8Array;
}

/** The logo that a file is, or why it cannot be one, in a sentence for people. */
export function readLogo(bytes: Uint8Array): NewLogo | string {
  if (bytes.length > MAX_LOGO_BYTES)
    return `The file has ${Math.ceil(bytes.length / 1024)} kB. A logo may have at most ${MAX_LOGO_BYTES / 1024} kB.`;
  const picture = readPicture(bytes);
  if (!picture)
    return "The file is not a PNG, JPEG or WebP picture, whatever its name says. SVG is not taken, since it can hold scripts.";
  const { isAnimated, ...rest } = picture;
  if (isAnimated) return "The picture moves. Choose one that stands still.";
  const { width, height } = rest;
  if (Math.min(width, height) < 1 || Math.max(width, height) > MAX_LOGO_SIDE)
    return `The picture has ${width} × ${height} pixels. A logo may have at most ${MAX_LOGO_SIDE} on each side.`;
  return { ...rest, bytes };
}
