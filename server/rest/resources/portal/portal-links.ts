import { z } from "zod";
import { portalLinkRequest } from "@/schemas/portal/portal-link-request";
import { described, id, into, optional } from "@/schemas/wire";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { endpoint } from "@/server/rest/http/endpoint";

const body = z
  .object({
    organization: id,
    intent: described(
      optional(z.string()),
      portalLinkRequest.shape.intent.describe("Trailport serves `audit_logs`; any other is 400."),
    ),
    return_url: optional(z.string().describe("Where the way back leads; its origin must be among the environment's.")),
    success_url: optional(z.string().describe("As `return_url`.")),
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
    summary: "Generate a portal link",
    description:
      "It opens the organization's audit logs to whoever has it, once, within five minutes. Fields that concern other intents are ignored.",
    body,
    example: { organization: "org_01EHWNCE74X7JSDV0X3SZ3KJNY", intent: "audit_logs" },
    status: 201,
    answer: z.object({ link: z.string() }),
  },
  async ({ scope, body }) => {
    const organization = await scopeToOrganization(scope, body.organization);
    const { link } = await createPortalLink(organization, body);
    return { link };
  },
);
