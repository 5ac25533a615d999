import { redirectToNewestPortal } from "@/server/auth/portal-session";
import { liveServices } from "@/server/live-services";

/** Redirects to the exports of this browser's newest portal session. */
export default async function PortalExportsRedirect(): Promise<never> {
  return redirectToNewestPortal(liveServices(), "/exports");
}
