import { redirectToNewestPortal } from "@/server/auth/portal-session";
import { liveServices } from "@/server/live-services";

/** Redirects to the newest portal session of this browser. */
export default async function PortalRedirect(): Promise<never> {
  return redirectToNewestPortal(liveServices(), "");
}
