import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findClosedPortal, findLaunch, findOpenPortal, logoIcon } from "@/app/portal/portal-session";
import { LaunchForm } from "@/components/portal/launch-form";
import { LaunchProblem } from "@/components/portal/launch-problem";
import { PortalAccent } from "@/components/portal/portal-accent";
import { PortalCard } from "@/components/portal/portal-card";
import { LAUNCH_PROBLEMS } from "@/schemas/portal/portal-launch";

type Search = PageProps<"/portal/launch">["searchParams"];

/** The address holds the link's secret, so the page tells nobody where one came from. */
export async function generateMetadata({ searchParams }: { readonly searchParams: Search }): Promise<Metadata> {
  const { branding } = await findView(searchParams);
  const title = branding ? `Audit logs · ${branding.name}` : "Audit logs";
  return { title: { absolute: title }, referrer: "no-referrer", ...logoIcon(branding) };
}

/** What a portal link shows. It changes nothing: redeeming is the POST behind the button. */
export default async function LaunchPage({ searchParams }: PageProps<"/portal/launch">) {
  const view = await findView(searchParams);
  return (
    <PortalCard>
      <PortalAccent accent={view.branding?.accent ?? null} />
      {"organizationName" in view ? <LaunchForm {...view} /> : <LaunchProblem {...view} />}
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
