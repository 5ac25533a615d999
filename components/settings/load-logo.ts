import { readLogo } from "@/schemas/portal/logo-file";
import type { PortalLogo } from "@/schemas/portal/portal-branding";

/** A logo that is not stored yet. */
export interface ChosenLogo extends PortalLogo {
  /** The file in base64. */
  readonly file: string;
}

/** Looks whether a file can be the logo; if not, answers why, in a sentence for people. */
export async function loadLogo(file: File): Promise<ChosenLogo | string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const logo = readLogo(bytes);
  if (typeof logo === "string") return logo;
  const { contentType, width, height } = logo;
  const picture = new Blob([bytes], { type: contentType });
  // Its head can be whole and the rest not; what a browser cannot draw would be a gap in the portal.
  const isWhole = await createImageBitmap(picture).then(
    (bitmap) => {
      bitmap.close();
      return true;
    },
    () => false,
  );
  if (!isWhole) return "The file begins like a picture, but cannot be shown as one. Save it anew and try again.";
  const href = await dataUrl(picture);
  return { href, width, height, file: href.slice(href.indexOf(",") + 1) };
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // Read as an address, it is a text.
    reader.addEventListener("load", () => resolve(reader.result as string));
    reader.addEventListener("error", () => reject(new Error("The file could not be read.", { cause: reader.error })));
    reader.readAsDataURL(blob);
  });
}
