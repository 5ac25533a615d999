import { findPortalLogo } from "@/server/domain/portal/branding";
import { notFound } from "@/server/kernel/errors";
import type { Operation } from "@/server/rest/http/endpoint";

/** `GET /portal/logo/{sha256}` */
export const portalLogo: Operation = {
  documentation: {
    summary: "Show a vendor's logo",
    description:
      "What the portal's pages show beside the vendor's name, before anybody has signed in too. The address names the " +
      "picture by its SHA-256, so it never changes under its address.",
    access: "open",
    status: 200,
    answer: "image/png",
  },
  handler: (services) => async (context) => {
    const sha256 = context.req.param("sha256") ?? "";
    const logo = await findPortalLogo(services, sha256);
    if (!logo) throw notFound("Logo", sha256);
    // Prisma's bytes may lie in a buffer that is shared as far as the types know; these are copied.
    const image = new Uint8Array(logo.image);
    return new Response(context.req.method === "HEAD" ? null : image, {
      headers: {
        "content-type": logo.contentType,
        "content-length": String(image.length),
        "cache-control": "public, max-age=31536000, immutable",
        // Whatever else may be in the file: it is shown as a picture, on our own pages, or not at all.
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
      },
    });
  },
};
