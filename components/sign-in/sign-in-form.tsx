"use client";

import { signIn } from "next-auth/react";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { formText } from "@/components/ui/forms/form-text";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { waitLabel } from "@/components/time/wait-label";

/** A refusal in words; it does not say whether e-mail or password was wrong, and neither do we. */
function refusalWords(error: string): string {
  const [code, seconds] = error.split(":");
  if (code === "CredentialsSignin") return "The e-mail or the password is not right.";
  if (code === "too_many") return `Too many attempts. Wait ${waitLabel(Number(seconds))}, then try again.`;
  return "The server could not be reached. Try again in a moment.";
}

function providerRefusal(error: string, provider: string): string {
  if (error === "not_invited") return "Nobody here has your e-mail. Ask an owner of your workspace to invite you.";
  if (error === "unverified") return `${provider} does not say that your e-mail is verified, so it cannot be taken.`;
  return `Signing in with ${provider} did not work. Try again; if it goes on, tell whoever runs Trailport.`;
}

interface SignInFormProps {
  /** Where to go afterwards, a path of this site. */
  readonly next: string;
  /** The name of the identity provider, if there is one. */
  readonly provider: string | null;
  /** Why the provider's sign-in failed, by next-auth's or our own name for it. */
  readonly error: string | null;
}

/** Signs staff in. */
export function SignInForm({ next, provider, error }: SignInFormProps) {
  const [state, setState] = useState<"ready" | "working" | { readonly problem: string }>(
    provider === null || error === null ? "ready" : { problem: providerRefusal(error, provider) },
  );
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setState("working");
    const answer = await signIn("credentials", {
      redirect: false,
      email: formText(form, "email").trim(),
      password: formText(form, "password"),
    }).catch(() => undefined);
    // A whole page load, so that nothing rendered for nobody is kept.
    if (answer?.ok) location.assign(next);
    else setState({ problem: refusalWords(answer?.error ?? "") });
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-4">
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- Typing is all that one comes to this page for. */}
      <Field label="E-mail" name="email" type="email" required autoFocus autoComplete="username" />
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
