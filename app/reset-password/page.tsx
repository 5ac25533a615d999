import type { Metadata } from "next";
import Link from "next/link";
import { LinkPage } from "@/components/account/link-page";
import { ResetPassword } from "@/components/account/reset-password";
import { RequireHttps } from "@/components/feedback/require-https";
import { buttonStyle } from "@/components/ui/button";
import { previewResetLink } from "@/server/auth/link-previews";
import { liveServices } from "@/server/live-services";

/** The web server's header forbids referrers too, which also covers requests that browsers send before they read this. */
export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

/** The page behind a password reset link. Opening it changes nothing; only the button does. */
export default async function ResetPasswordPage({ searchParams }: PageProps<"/reset-password">) {
  const { token } = await searchParams;
  const secret = typeof token === "string" ? token : "";
  const reset = await previewResetLink(liveServices(), secret);
  if (!reset) {
    return (
      <LinkPage
        hasToken={token !== undefined}
        title="This link is no longer valid"
        description="It may have expired (24 hours), or it was already used or replaced. Ask a workspace owner for a new one."
      >
        <Link href="/sign-in" className={buttonStyle()}>
          Sign in
        </Link>
      </LinkPage>
    );
  }
  return (
    <LinkPage
      hasToken={token !== undefined}
      title="New password"
      description={
        <>
          For <bdi className="font-medium text-ink">{reset.email}</bdi>. Changing it signs you out everywhere else.
        </>
      }
    >
      <RequireHttps publicUrl={liveServices().config.publicUrl} note="Your link is still unused." token={secret}>
        <ResetPassword token={secret} email={reset.email} />
      </RequireHttps>
    </LinkPage>
  );
}
