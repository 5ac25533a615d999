import { z } from "zod";
import { portalLinkRequest } from "@/schemas/portal/portal-link-request";
import { described, id, into, optional } from "@/schemas/wire";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { endpoint } from "@/server/rest/http/endpoint";

const body = z
  .object({
    organization: id,
    intent: described(
      optional(z.string()),
      portalLinkRequest.shape.intent.describe("Must be `audit_logs`; returns 400 for any other intent."),
    ),
    return_url: optional(
      z.string().describe("Where the portal's back link leads. Its origin must be on the environment's list."),
    ),
    success_url: optional(z.string().describe("Like `return_url`.")),
  })
  .transform(({ intent, return_url, success_url, ...rest }) => ({
    ...rest,
    intent: intent ?? undefined,
    returnUrl: return_url,
    successUrl: success_url,
  }))
  .pipe(into(portalLinkRequest.extend({ organization: z.string() })));

/** `POST /portal/generate_link` */
export const generateLink = endpoint(
  {
    needs: "portal",
    summary: "Generate a portal link",
    description:
      "Creates a link that opens the organization's audit logs for anyone who has it. It works once, within 5 minutes. " +
      "Fields of other intents are ignored.",
    body,
    example: { organization: "org_01EHWNCE74X7JSDV0X3SZ3KJNY", intent: "audit_logs" },
    status: 201,
    response: z.object({ link: z.string() }),
  },
  async ({ scope, body }) => {
    const organization = await scopeToOrganization(scope, body.organization);
    const { link } = await createPortalLink(organization, body);
    return { link };
  },
);
