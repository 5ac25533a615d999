import { z } from "zod";

/** Every intent that WorkOS has; Trailport serves `audit_logs`. */
const PORTAL_INTENTS = [
  "sso",
  "dsync",
  "audit_logs",
  "log_streams",
  "domain_verification",
  "certificate_renewal",
  "bring_your_own_key",
] as const;

export const portalLinkRequest = z.object({
  intent: z.enum(PORTAL_INTENTS).default("audit_logs"),
  /** Where "back" leads, and where one goes when done; only to origins that the environment allows. */
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
});
export type PortalLinkRequest = z.output<typeof portalLinkRequest>;
