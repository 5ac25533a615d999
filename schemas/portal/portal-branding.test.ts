import { expect, test } from "vitest";
import { aPng, chunk } from "@/server/testing/images";
import { readLogo } from "./logo-file";
import { portalBrandingChanges } from "./portal-branding";

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "hex");
/** The headers of real files, 40 × 30 pixels each. */
const jpeg = hex(
  "ffd8 ffe0 0010 4a46 4946 0001 0100 0001 0001 0000 ffdb 0003 00 ffc2 0011 08 001e 0028 03 0122 0002 1101 0311 01",
);
const webp = (kind: string, rest: string) =>
  Buffer.concat([Buffer.from("RIFF\0\0\0\0WEBP", "latin1"), Buffer.from(kind), hex(`0a000000${rest}`)]);
const lossy = webp("VP8 ", "300100 9d012a 2800 1e00 0000");
const lossless = webp("VP8L", "2f 27400700 0000000000000000");
const extended = (flags: string) => webp("VP8X", `${flags}000000 270000 1d0000`);

test("format and size of a PNG, JPEG or WebP are read from its content", () => {
  const read = (file: Uint8Array) => {
    const logo = readLogo(file);
    return typeof logo === "string" ? logo : [logo.contentType, logo.width, logo.height];
  };
  expect(read(aPng(40, 30))).toEqual(["image/png", 40, 30]);
  expect(read(jpeg)).toEqual(["image/jpeg", 40, 30]);
  for (const file of [lossy, lossless, extended("10")]) expect(read(file)).toEqual(["image/webp", 40, 30]);
  expect(readLogo(jpeg)).toMatchObject({ bytes: jpeg });
});

test("an animated image is rejected", () => {
  const png = aPng(40, 30);
  const animated = Buffer.concat([png.subarray(0, 33), chunk("acTL", Buffer.alloc(8)), png.subarray(33)]);
  for (const file of [animated, extended("02")]) expect(readLogo(file)).toBe("Animated images aren't supported.");
});

test("other content and a file that ends within its header are rejected", () => {
  const rejection = "This file is not a PNG, JPEG or WebP image. SVG isn't supported.";
  for (const text of ["", "plain text", "<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a", "<html>".repeat(50)])
    expect(readLogo(Buffer.from(text)), text).toBe(rejection);
  for (const [file, header] of [
    [aPng(40, 30), 24],
    [jpeg, 33],
    [lossy, 30],
    [lossless, 25],
    [extended("10"), 30],
  ] as const)
    for (let length = 0; length < header; length += 1) expect(readLogo(file.subarray(0, length))).toBe(rejection);
});

test("a logo that is too large is rejected with its size", () => {
  expect(readLogo(Buffer.concat([aPng(40, 30), Buffer.alloc(300 * 1024)]))).toBe(
    "This file is 301 kB. The limit is 256 kB.",
  );
  expect(readLogo(aPng(2001, 1))).toBe("This image is 2001 × 1 pixels. The limit is 2000 pixels per side.");
  const { success, error } = portalBrandingChanges.safeParse({ logo: "A".repeat(600_000) });
  expect(success).toBe(false);
  expect(error?.issues.map(({ message }) => message)).toContain("Logos can be up to 256 kB.");
});

test("a name must fit on one line and an accent must have six hex digits", () => {
  expect(portalBrandingChanges.parse({ name: "  Acme ", accent: " #0B6068" })).toEqual({
    name: "Acme",
    accent: "#0b6068",
  });
  for (const name of ["", "   ", "a\nb", "a\u0000", "\ud800", "x".repeat(101)])
    expect(portalBrandingChanges.safeParse({ name }).success, JSON.stringify(name)).toBe(false);
  for (const accent of ["red", "#fff", "#12345g", "#123456;}"])
    expect(portalBrandingChanges.safeParse({ accent }).success, accent).toBe(false);
});
