/** What the first bytes of a file say it is; never what its name or the upload claims. */
export interface Picture {
  readonly contentType: "image/png" | "image/jpeg" | "image/webp";
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly isAnimated: boolean;
}

/** The picture that a PNG, JPEG or WebP file begins with, or null for anything else. */
export function readPicture(bytes: Uint8Array): Picture | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readPng(view) ?? readJpeg(view) ?? readWebp(view);
  } catch (error) {
    // A file that ends before its head does.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readPng(view: DataView): Picture | null {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a || text(view, 12) !== "IHDR") return null;
  return {
    contentType: "image/png",
    width: view.getUint32(16),
    height: view.getUint32(20),
    isAnimated: hasAnimation(view),
  };
}

/** Whether one of the chunks before the picture itself announces several frames. */
function hasAnimation(view: DataView): boolean {
  for (let at = 8; at + 8 <= view.byteLength; at += view.getUint32(at) + 12) {
    const chunk = text(view, at + 4);
    if (chunk === "acTL") return true;
    if (chunk === "IDAT") return false;
  }
  return false;
}

function readJpeg(view: DataView): Picture | null {
  if (view.getUint16(0) !== 0xffd8 || view.getUint8(2) !== 0xff) return null;
  for (let at = 2; ; at += view.getUint16(at + 2) + 2) {
    const marker = view.getUint16(at);
    if (marker < 0xffc0 || marker === 0xffff) return null;
    const isFrame = marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (!isFrame) continue;
    const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
    return { contentType: "image/jpeg", width, height, isAnimated: false };
  }
}

function readWebp(view: DataView): Picture | null {
  if (text(view, 0) !== "RIFF" || text(view, 8) !== "WEBP") return null;
  const size = webpSize(view);
  return size && { contentType: "image/webp", ...size };
}

/** Of the three kinds of WebP: lossy, lossless, and the one with more than a picture in it. */
function webpSize(view: DataView): Pick<Picture, "width" | "height" | "isAnimated"> | null {
  const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_0000;
  switch (text(view, 12)) {
    case "VP8 ":
      return {
        width: view.getUint16(26, true) % 0x4000,
        height: view.getUint16(28, true) % 0x4000,
        isAnimated: false,
      };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: (bits % 0x4000) + 1, height: (Math.floor(bits / 0x4000) % 0x4000) + 1, isAnimated: false };
    }
    case "VP8X":
      return { width: uint24(24) + 1, height: uint24(27) + 1, isAnimated: Math.floor(view.getUint8(20) / 2) % 2 === 1 };
    default:
      return null;
  }
}

/** Four letters. */
function text(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
}
