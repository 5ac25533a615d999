import { z } from "zod";
import { externalUserId, portalLinkRequest } from "@/schemas/portal/portal-link-request";
import { described, id, into, optional } from "@/schemas/wire";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { revokePortalLinksOf } from "@/server/domain/portal/revoke-portal-link";
import { endpoint } from "@/server/rest/http/endpoint";

const body = z
  .object({
    organization: id,
    intent: described(
      optional(z.string()),
      portalLinkRequest.shape.intent.describe("Must be `audit_logs`; returns 400 for any other intent."),
    ),
    return_url: optional(
      z
        .string()
        .describe(
          "Where the portal's back link leads. Its origin must be on the environment's list; a staging environment with an " +
            "empty list accepts any https origin.",
        ),
    ),
    success_url: optional(z.string().describe("Like `return_url`.")),
    external_user_id: optional(
      z.string().describe("The ID in your application of the person for whom the link is; `revoke_link` needs it."),
    ),
  })
  .transform(({ intent, return_url, success_url, external_user_id, ...rest }) => ({
    ...rest,
    intent: intent ?? undefined,
    returnUrl: return_url,
    successUrl: success_url,
    externalUserId: external_user_id,
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

/** `POST /portal/revoke_link` */
export const revokeLink = endpoint(
  {
    needs: "portal",
    summary: "Revoke a person's portal links",
    description:
      "Revokes every link of the organization that was generated with this `external_user_id` and ends their sessions " +
      "at once. Returns 200 with zeros if there is none left, so it can be called for anyone who leaves.",
    body: z.object({
      organization: id,
      external_user_id: externalUserId.describe("The `external_user_id` with which the links were generated."),
    }),
    example: { organization: "org_01EHWNCE74X7JSDV0X3SZ3KJNY", external_user_id: "user_4711" },
    status: 200,
    response: z.object({ success: z.literal(true), links_revoked: z.int(), sessions_ended: z.int() }),
  },
  async ({ scope, body }) => {
    const organization = await scopeToOrganization(scope, body.organization);
    const { links, sessions } = await revokePortalLinksOf(organization, body.external_user_id);
    return { success: true, links_revoked: links, sessions_ended: sessions } as const;
  },
);
