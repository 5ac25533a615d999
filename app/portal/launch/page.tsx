import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findClosedPortal, findLaunch, findOpenPortal, logoIcon } from "@/app/portal/portal-session";
import { HiddenToken } from "@/components/account/hidden-token";
import { RequireHttps } from "@/components/feedback/require-https";
import { LaunchForm } from "@/components/portal/launch-form";
import { LaunchProblem } from "@/components/portal/launch-problem";
import { PortalAccent } from "@/components/portal/portal-accent";
import { PortalCard } from "@/components/portal/portal-card";
import { LAUNCH_PROBLEMS } from "@/schemas/portal/portal-launch";
import { portalPath } from "@/server/auth/portal-session";
import { liveServices } from "@/server/live-services";

type Search = PageProps<"/portal/launch">["searchParams"];

/** The web server's header forbids referrers too, which also covers requests that browsers send before they read this. */
export async function generateMetadata({ searchParams }: { readonly searchParams: Search }): Promise<Metadata> {
  const { branding } = await findView(searchParams);
  const title = branding ? `Audit log · ${branding.name}` : "Audit log";
  return { title: { absolute: title }, referrer: "no-referrer", ...logoIcon(branding) };
}

/** The page behind a portal link. Opening it changes nothing: only the POST behind the button redeems the link. */
export default async function LaunchPage({ searchParams }: PageProps<"/portal/launch">) {
  const view = await findView(searchParams);
  const { token, problem } = await searchParams;
  const hasToken = token !== undefined;
  return (
    <PortalCard>
      {(hasToken || problem === undefined) && <HiddenToken isInUrl={hasToken} />}
      <PortalAccent accent={view.branding?.accent ?? null} />
      {"organizationName" in view ? (
        <RequireHttps publicUrl={liveServices().config.publicUrl} note="Your link is still unused." token={view.token}>
          <LaunchForm {...view} />
        </RequireHttps>
      ) : (
        <LaunchProblem {...view} />
      )}
    </PortalCard>
  );
}

async function findView(searchParams: Search) {
  const { token, problem, wait, session } = await searchParams;
  if (typeof token === "string") {
    const link = await findLaunch(token);
    if (link.state === "unused") return { ...link, token };
    return { problem: link.state, branding: "branding" in link ? link.branding : null, returnUrl: null };
  }
  const known = LAUNCH_PROBLEMS.find((each) => each === problem) ?? "unknown";
  if (known !== "ended") return { problem: known, branding: null, returnUrl: null, wait: Number(wait) };
  const key = typeof session === "string" ? session : null;
  const open = key === null ? null : await findOpenPortal(key);
  if (open) redirect(portalPath(open));
  const closed = await findClosedPortal(key);
  if (!closed) return { problem: "no_session" as const, branding: null, returnUrl: null };
  return { problem: `session_${closed.end}` as const, branding: closed.branding, returnUrl: closed.returnUrl };
}
