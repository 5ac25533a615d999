"use client";

import { signIn } from "next-auth/react";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { formText } from "@/components/ui/forms/form-text";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { waitLabel } from "@/components/time/wait-label";

/** Returns the message for a failed password sign-in. It never says whether the email or the password was wrong. */
function passwordErrorMessage(error: string): string {
  const [code, seconds] = error.split(":");
  if (code === "CredentialsSignin") return "Wrong email or password.";
  if (code === "too_many") return `Too many attempts. Try again in ${waitLabel(Number(seconds))}.`;
  return "Couldn’t reach the server. Check your connection and try again.";
}

function providerErrorMessage(error: string, provider: string): string {
  if (error === "not_invited") return "No account uses this email. Ask a workspace owner for an invitation.";
  if (error === "unverified") return `${provider} hasn’t verified your email, so you can’t sign in with it.`;
  return `Couldn’t sign in with ${provider}. Try again, or contact your administrator.`;
}

interface SignInFormProps {
  /** The path on this site to open after signing in. */
  readonly next: string;
  /** The identity provider's name, or null without one. */
  readonly provider: string | null;
  /** Why signing in with the provider failed: next-auth's error code or one of Trailport's own. */
  readonly error: string | null;
}

/** Signs staff in with a password or through the identity provider. */
export function SignInForm({ next, provider, error }: SignInFormProps) {
  const [state, setState] = useState<"ready" | "working" | { readonly problem: string }>(
    provider === null || error === null ? "ready" : { problem: providerErrorMessage(error, provider) },
  );
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setState("working");
    const result = await signIn("credentials", {
      redirect: false,
      email: formText(form, "email").trim(),
      password: formText(form, "password"),
    }).catch(() => undefined);
    // A full page load discards everything that was rendered while signed out.
    if (result?.ok) location.assign(next);
    else setState({ problem: passwordErrorMessage(result?.error ?? "") });
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-4">
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- Users come to this page only to type. */}
      <Field label="Email" name="email" type="email" required autoFocus autoComplete="username" />
      <Field label="Password" name="password" type="password" required autoComplete="current-password" />
      {typeof state === "object" && <FormProblem message={state.problem} />}
      <Button type="submit" tone="primary" size="lg" className="mt-2" busy={state === "working"}>
        {state === "working" ? "Signing in…" : "Sign in"}
      </Button>
      {provider !== null && (
        <Button size="lg" onClick={() => void signIn("oidc", { callbackUrl: next })}>
          <span className="truncate">Continue with {provider}</span>
        </Button>
      )}
    </form>
  );
}
