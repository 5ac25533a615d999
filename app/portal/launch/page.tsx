import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findClosedPortal, findLaunch, findOpenPortal, logoIcon } from "@/app/portal/portal-session";
import { RequireHttps } from "@/components/feedback/require-https";
import { LaunchForm } from "@/components/portal/launch-form";
import { LaunchProblem } from "@/components/portal/launch-problem";
import { PortalAccent } from "@/components/portal/portal-accent";
import { PortalCard } from "@/components/portal/portal-card";
import { LAUNCH_PROBLEMS } from "@/schemas/portal/portal-launch";
import { liveServices } from "@/server/live-services";

type Search = PageProps<"/portal/launch">["searchParams"];

/** Sends no referrer, since the URL contains the link's secret. */
export async function generateMetadata({ searchParams }: { readonly searchParams: Search }): Promise<Metadata> {
  const { branding } = await findView(searchParams);
  const title = branding ? `Audit log · ${branding.name}` : "Audit log";
  return { title: { absolute: title }, referrer: "no-referrer", ...logoIcon(branding) };
}

/** The page behind a portal link. Opening it changes nothing: only the POST behind the button redeems the link. */
export default async function LaunchPage({ searchParams }: PageProps<"/portal/launch">) {
  const view = await findView(searchParams);
  return (
    <PortalCard>
      <PortalAccent accent={view.branding?.accent ?? null} />
      {"organizationName" in view ? (
        <RequireHttps publicUrl={liveServices().config.publicUrl} note="Your link is still unused.">
          <LaunchForm {...view} />
        </RequireHttps>
      ) : (
        <LaunchProblem {...view} />
      )}
    </PortalCard>
  );
}

async function findView(searchParams: Search) {
  const { token, problem, wait } = await searchParams;
  if (typeof token === "string") {
    const link = await findLaunch(token);
    if (link.state === "unused") return { ...link, token };
    return { problem: link.state, branding: "branding" in link ? link.branding : null, returnUrl: null };
  }
  const known = LAUNCH_PROBLEMS.find((each) => each === problem) ?? "unknown";
  if (known !== "ended") return { problem: known, branding: null, returnUrl: null, wait: Number(wait) };
  if (await findOpenPortal()) redirect("/portal");
  const closed = await findClosedPortal();
  if (!closed) return { problem: "no_session" as const, branding: null, returnUrl: null };
  return { problem: `session_${closed.end}` as const, branding: closed.branding, returnUrl: closed.returnUrl };
}
