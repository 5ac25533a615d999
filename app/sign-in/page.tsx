import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Gates } from "@/components/brand/gates";
import { Logo } from "@/components/brand/logo";
import { RequireHttps } from "@/components/feedback/require-https";
import { sameOriginPath } from "@/components/sign-in/same-origin-path";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { findSignedIn } from "@/server/auth/member-session";
import { liveServices } from "@/server/live-services";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { callbackUrl, error } = await searchParams;
  const next = sameOriginPath(typeof callbackUrl === "string" ? callbackUrl : undefined, "/dashboard");
  const services = liveServices();
  if (await findSignedIn(services)) redirect(next);
  return (
    <main className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="flex flex-col px-6 py-8 sm:px-12">
        <Logo />
        <div className="mx-auto flex w-full max-w-xs grow flex-col justify-center py-12">
          <h1 className="text-2xl font-semibold tracking-[-0.02em]">Sign in</h1>
          <p className="mt-1 mb-8 text-muted">Sign in to your workspace.</p>
          <RequireHttps publicUrl={services.config.publicUrl}>
            <SignInForm
              next={next}
              provider={services.config.identityProvider?.name ?? null}
              error={typeof error === "string" ? error : null}
            />
          </RequireHttps>
        </div>
        <p className="text-xs text-faint">Forgot your password? Ask a workspace owner for a reset link.</p>
      </div>
      <div aria-hidden className="relative hidden overflow-hidden border-l bg-sunken text-line-strong lg:block">
        <Gates className="absolute inset-x-0 bottom-0 mx-auto h-[86%] w-full" />
      </div>
    </main>
  );
}
