"use client";

import type { FormEvent, ReactNode } from "react";
import { problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { NewPasswordField } from "./new-password-field";

interface LinkFormProps {
  readonly email: string;
  readonly act: { readonly isPending: boolean; readonly isSuccess: boolean; readonly error: unknown };
  readonly button: string;
  readonly onSubmit: (form: HTMLFormElement) => void;
  /** What is asked for besides the password; `wrong` says what is wrong with a field. */
  readonly children?: (wrong: (field: string) => string | undefined) => ReactNode;
}

/** Sets a password by a link, and signs in with it. */
export function LinkForm({ email, act, button, onSubmit, children }: LinkFormProps) {
  const problem = act.error === null ? null : problemOf(act.error);
  const wrong = (field: string) => problem?.violations.find((each) => each.field === field)?.message;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(event.currentTarget);
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <input type="hidden" name="email" autoComplete="username" value={email} />
      {children?.(wrong)}
      <NewPasswordField error={wrong("password")} />
      {problem && problem.violations.length === 0 && <FormProblem message={problem.message} />}
      {/* Busy until the next page is there. */}
      <Button type="submit" tone="primary" size="lg" className="mt-2" busy={act.isPending || act.isSuccess}>
        {button}
      </Button>
    </form>
  );
}
