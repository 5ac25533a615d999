import type { Metadata } from "next";
import Link from "next/link";
import { AcceptInvitation } from "@/components/account/accept-invitation";
import { SignOutAndContinue } from "@/components/account/sign-out-and-continue";
import { LinkPage } from "@/components/account/link-page";
import { RequireHttps } from "@/components/feedback/require-https";
import { withArticle } from "@/components/team/role-labels";
import { buttonStyle } from "@/components/ui/button";
import { previewInvitationLink } from "@/server/auth/link-previews";
import { liveServices } from "@/server/live-services";

/** The web server's header forbids referrers too, which also covers requests that browsers send before they read this. */
export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

/** The page behind an invitation link. Opening it changes nothing; only the button accepts. */
export default async function InvitationPage({ searchParams }: PageProps<"/invitation">) {
  const { token } = await searchParams;
  const secret = typeof token === "string" ? token : "";
  const { invitation, signedInAs } = await previewInvitationLink(liveServices(), secret);
  if (!invitation) {
    return (
      <LinkPage
        hasToken={token !== undefined}
        title="This invitation is no longer valid"
        description="It may have expired (7 days), or it was already used, revoked or replaced. Ask a workspace owner for a new one. If you’ve already joined, sign in."
      >
        <Link href="/sign-in" className={buttonStyle()}>
          Sign in
        </Link>
      </LinkPage>
    );
  }
  const { email, role, workspaceName, invitedBy } = invitation;
  const title = `Join ${workspaceName}`;
  if (signedInAs !== null) {
    return (
      <LinkPage
        hasToken={token !== undefined}
        title={title}
        description={
          <>
            This invitation is for <bdi className="font-medium text-ink">{email}</bdi>, and you are signed in as{" "}
            <bdi className="font-medium text-ink">{signedInAs}</bdi>. Sign out to accept it.
          </>
        }
      >
        <SignOutAndContinue />
      </LinkPage>
    );
  }
  return (
    <LinkPage
      hasToken={token !== undefined}
      title={title}
      description={
        <>
          <bdi className="font-medium text-ink">{invitedBy}</bdi> invited{" "}
          <bdi className="font-medium text-ink">{email}</bdi> as {withArticle(role)}.
        </>
      }
    >
      <RequireHttps publicUrl={liveServices().config.publicUrl} note="Your invitation is still unused." token={secret}>
        <AcceptInvitation token={secret} email={email} />
      </RequireHttps>
    </LinkPage>
  );
}
