import { JPG } from "image-size/types/jpg";
import { PNG } from "image-size/types/png";
import { WEBP } from "image-size/types/webp";
import { MAX_LOGO_BYTES, MAX_LOGO_SIDE } from "@/schemas/limits";

/** A file that can be the logo, with the properties that its content shows. */
export interface NewLogo {
  readonly contentType: "image/png" | "image/jpeg" | "image/webp";
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/**
 * Reads a logo's format and size from the first bytes of its file, ignoring the file's name and declared type.
 * @returns the logo, or a sentence for the user if the file cannot be the logo
 */
export function readLogo(bytes: Uint8Array): NewLogo | string {
  if (bytes.length > MAX_LOGO_BYTES)
    return `This file is ${Math.ceil(bytes.length / 1024)} kB. The limit is ${MAX_LOGO_BYTES / 1024} kB.`;
  const image = readImage(bytes);
  // SVG can contain scripts.
  if (!image) return "This file is not a PNG, JPEG or WebP image. SVG isn't supported.";
  const { isAnimated, ...logo } = image;
  if (isAnimated) return "Animated images aren't supported.";
  const { width, height } = logo;
  if (Math.min(width, height) < 1 || Math.max(width, height) > MAX_LOGO_SIDE)
    return `This image is ${width} × ${height} pixels. The limit is ${MAX_LOGO_SIDE} pixels per side.`;
  return { ...logo, bytes };
}

const FORMATS = [
  { contentType: "image/png", reader: PNG, isAnimated: isAnimatedPng },
  { contentType: "image/jpeg", reader: JPG, isAnimated: () => false },
  { contentType: "image/webp", reader: WEBP, isAnimated: isAnimatedWebp },
] as const;
/** The length of the shortest header, a lossless WebP's. `image-size` does not notice if one ends earlier. */
const SHORTEST_HEADER = 25;

function readImage(file: Uint8Array) {
  if (file.length < SHORTEST_HEADER) return null;
  // A copy, because `image-size` would read beyond the end of a part of a larger buffer.
  const bytes = new Uint8Array(file);
  try {
    const format = FORMATS.find(({ reader }) => reader.validate(bytes));
    if (!format) return null;
    const { width, height } = format.reader.calculate(bytes);
    return { contentType: format.contentType, width, height, isAnimated: format.isAnimated(bytes) };
  } catch {
    // `image-size` throws if the header is malformed or the file ends within it.
    return null;
  }
}

/** Whether a chunk before the image data announces several frames. */
function isAnimatedPng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length; at += view.getUint32(at) + 12) {
    const chunk = letters(bytes, at + 4);
    if (chunk === "acTL") return true;
    if (chunk === "IDAT") return false;
  }
  return false;
}

/** Whether the flags of an extended WebP announce an animation. */
function isAnimatedWebp(bytes: Uint8Array): boolean {
  return letters(bytes, 12) === "VP8X" && Math.floor((bytes[20] ?? 0) / 2) % 2 === 1;
}

function letters(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
