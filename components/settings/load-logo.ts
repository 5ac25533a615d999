import { readLogo } from "@/schemas/portal/logo-file";
import type { PortalLogo } from "@/schemas/portal/portal-branding";

/** A logo that has not been saved yet. */
export interface ChosenLogo extends PortalLogo {
  /** The file's content in base64. */
  readonly file: string;
}

/** Loads a logo from a file. Returns a message for the user if the file cannot be the logo. */
export async function loadLogo(file: File): Promise<ChosenLogo | string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const logo = readLogo(bytes);
  if (typeof logo === "string") return logo;
  const { contentType, width, height } = logo;
  const picture = new Blob([bytes], { type: contentType });
  // A file with a valid header can still be damaged. An image that browsers cannot draw would leave a gap in the portal.
  const isDrawable = await createImageBitmap(picture).then(
    (bitmap) => {
      bitmap.close();
      return true;
    },
    () => false,
  );
  if (!isDrawable) return "This image is damaged and can’t be displayed. Save it again and retry.";
  const href = await dataUrl(picture);
  return { href, width, height, file: href.slice(href.indexOf(",") + 1) };
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // `readAsDataURL` results in a string.
    reader.addEventListener("load", () => resolve(reader.result as string));
    reader.addEventListener("error", () => reject(new Error("Couldn’t read the file.", { cause: reader.error })));
    reader.readAsDataURL(blob);
  });
}
