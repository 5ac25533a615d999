import type { Metadata } from "next";
import Link from "next/link";
import { LinkPage } from "@/components/account/link-page";
import { ResetPassword } from "@/components/account/reset-password";
import { buttonStyle } from "@/components/ui/button";
import { previewResetLink } from "@/server/auth/link-previews";
import { liveServices } from "@/server/live-services";

/** The address holds the link's secret, so the page tells nobody where one came from. */
export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

/** What a password link shows. It changes nothing: the button does. */
export default async function ResetPasswordPage({ searchParams }: PageProps<"/reset-password">) {
  const { token } = await searchParams;
  const secret = typeof token === "string" ? token : "";
  const reset = await previewResetLink(liveServices(), secret);
  if (!reset) {
    return (
      <LinkPage
        title="This link is no longer valid"
        about="It may have been used, a newer one was made, or it is older than 24 hours. Ask an owner of your workspace for a new one."
      >
        <Link href="/sign-in" className={buttonStyle()}>
          Sign in
        </Link>
      </LinkPage>
    );
  }
  return (
    <LinkPage
      title="New password"
      about={
        <>
          For <bdi className="font-medium text-ink">{reset.email}</bdi>. It signs you out everywhere else.
        </>
      }
    >
      <ResetPassword token={secret} email={reset.email} />
    </LinkPage>
  );
}
