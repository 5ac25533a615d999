"use client";

import type { FormEvent, ReactNode } from "react";
import { fieldError, problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { NewPasswordField } from "./new-password-field";

interface LinkFormProps {
  readonly email: string;
  readonly mutation: { readonly isPending: boolean; readonly isSuccess: boolean; readonly error: unknown };
  readonly button: string;
  readonly passwordLabel: string;
  readonly onSubmit: (form: HTMLFormElement) => void;
  /** Renders the fields above the password. `errorOf` returns a field's validation message. */
  readonly children?: (errorOf: (field: string) => string | undefined) => ReactNode;
}

/** The form on the page behind an emailed link, which sets a password. */
export function LinkForm({ email, mutation, button, passwordLabel, onSubmit, children }: LinkFormProps) {
  const problem = mutation.error === null ? null : problemOf(mutation.error);
  const errorOf = (field: string) => fieldError(problem, field);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(event.currentTarget);
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <input type="hidden" name="email" autoComplete="username" value={email} />
      {children?.(errorOf)}
      <NewPasswordField label={passwordLabel} error={errorOf("password")} />
      {problem && problem.violations.length === 0 && <FormProblem message={problem.message} />}
      {/* Stays busy after success, until the next page has loaded. */}
      <Button type="submit" tone="primary" size="lg" className="mt-2" busy={mutation.isPending || mutation.isSuccess}>
        {button}
      </Button>
    </form>
  );
}
