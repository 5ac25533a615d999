import { findPortalLogo } from "@/server/domain/portal/branding";
import { notFound } from "@/server/kernel/errors";
import type { Operation } from "@/server/rest/http/operation";

/** `GET /portal/logo/{sha256}` */
export const portalLogo: Operation = {
  documentation: {
    summary: "Get a portal logo",
    description:
      "The image next to the vendor's name in the portal, also before sign-in. The URL contains the image's SHA-256, so " +
      "the image at a URL never changes.",
    access: "open",
    status: 200,
    response: "image/png",
  },
  handler: (services) => async (request) => {
    const sha256 = request.param("sha256");
    const logo = await findPortalLogo(services, sha256);
    if (!logo) throw notFound("Logo", sha256);
    return {
      status: 200,
      headers: {
        "content-type": logo.contentType,
        "content-length": String(logo.image.length),
        "cache-control": "public, max-age=31536000, immutable",
        // Whatever else the file may contain, browsers only show it as an image on our own pages.
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
      },
      body: logo.image,
    };
  },
};
