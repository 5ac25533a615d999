import type { Metadata } from "next";
import Link from "next/link";
import { AcceptInvitation } from "@/components/account/accept-invitation";
import { SignOutAndContinue } from "@/components/account/sign-out-and-continue";
import { LinkPage } from "@/components/account/link-page";
import { buttonStyle } from "@/components/ui/button";
import { previewInvitationLink } from "@/server/auth/link-previews";
import { liveServices } from "@/server/live-services";

/** The address holds the link's secret, so the page tells nobody where one came from. */
export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

/** What an invitation shows. It changes nothing: accepting is the button. */
export default async function InvitationPage({ searchParams }: PageProps<"/invitation">) {
  const { token } = await searchParams;
  const secret = typeof token === "string" ? token : "";
  const { invitation, signedInAs } = await previewInvitationLink(liveServices(), secret);
  if (!invitation) {
    return (
      <LinkPage
        title="This invitation is no longer valid"
        about="It may have been used, withdrawn or sent again, or is older than seven days. Ask whoever invited you for a new one. If you have joined already, sign in."
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
        title={title}
        about={
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
      title={title}
      about={
        <>
          <bdi className="font-medium text-ink">{invitedBy}</bdi> invites{" "}
          <bdi className="font-medium text-ink">{email}</bdi> with the role {role}.
        </>
      }
    >
      <AcceptInvitation token={secret} email={email} />
    </LinkPage>
  );
}
