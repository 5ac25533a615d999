import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Launch } from "@/components/portal/launch";
import { LaunchProblem, PROBLEMS } from "@/components/portal/launch-problem";
import { previewLaunch } from "@/server/auth/redemption";
import { liveServices } from "@/server/live-services";

/** The address holds the link's secret, so the page tells nobody where one came from. */
export const metadata: Metadata = { title: "Audit logs", referrer: "no-referrer" };

/** What a portal link shows. It changes nothing: redeeming is the POST behind the button. */
export default async function LaunchPage({ searchParams }: PageProps<"/portal/launch">) {
  const { token, problem, wait } = await searchParams;
  if (typeof token !== "string") {
    return (
      <Card>
        <LaunchProblem problem={PROBLEMS.find((each) => each === problem) ?? "unknown"} wait={Number(wait)} />
      </Card>
    );
  }
  const link = await previewLaunch(liveServices(), token);
  return (
    <Card>{typeof link === "string" ? <LaunchProblem problem={link} /> : <Launch token={token} {...link} />}</Card>
  );
}

function Card({ children }: { readonly children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-4 py-12">
      <div className="rounded-xl border bg-surface p-6 sm:p-8">{children}</div>
      <p className="mt-6 text-center text-xs text-faint">Audit logs by Trailport</p>
    </main>
  );
}
