import { z } from "zod";
import { portalLinkRequest } from "@/schemas/portal";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { endpoint } from "./endpoint";
import { into, optional } from "./wire";

const body = z
  .object({
    organization: z.string(),
    intent: optional(z.string()),
    return_url: optional(z.string()),
    success_url: optional(z.string()),
  })
  .transform(({ intent, return_url, success_url, ...rest }) => ({
    ...rest,
    intent: intent ?? undefined,
    returnUrl: return_url,
    successUrl: success_url,
  }))
  .pipe(into(portalLinkRequest.extend({ organization: z.string() })));

/** `POST /portal/generate_link`; fields that concern other intents are ignored. */
export const generateLink = endpoint({ body, status: 201 }, async ({ scope, body }) => {
  const organization = await scopeToOrganization(scope, body.organization);
  const { link } = await createPortalLink(organization, body);
  return { link };
});
