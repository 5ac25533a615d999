import { z } from "zod";
import { MAX_ID_LENGTH } from "@/schemas/limits";
import { requiredText } from "@/schemas/text";

/** All intents of WorkOS. Trailport supports only `audit_logs`. */
const PORTAL_INTENTS = [
  "sso",
  "dsync",
  "audit_logs",
  "log_streams",
  "domain_verification",
  "certificate_renewal",
  "bring_your_own_key",
] as const;

/** The ID of a person in the vendor's application. */
export const externalUserId = requiredText(MAX_ID_LENGTH);

export const portalLinkRequest = z.object({
  intent: z.enum(PORTAL_INTENTS).default("audit_logs"),
  /** Where the portal's back link leads. The environment must allow its origin. */
  returnUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null),
  successUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null),
  /** The person in the vendor's application for whom the link is. Links can be revoked by it. */
  externalUserId: externalUserId.nullish(),
});
export type PortalLinkRequest = z.output<typeof portalLinkRequest>;
