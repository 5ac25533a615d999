"use client";

import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTRPC } from "@/components/trpc/context";
import { fieldError, problemOf } from "@/components/trpc/problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/forms/field";
import { FormProblem } from "@/components/ui/forms/form-problem";
import { formText } from "@/components/ui/forms/form-text";
import { useToast } from "@/components/ui/overlays/toast";
import { NewPasswordField } from "./new-password-field";
import { signInAgain } from "./sign-in-again";

/** Changes the password. That ends all of the member's sessions, so it also signs this browser in again. */
export function PasswordForm({ email }: { readonly email: string }) {
  const trpc = useTRPC();
  const toast = useToast();
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({
      gcTime: 0,
      onSuccess: async (_, { password }) => {
        if (!(await signInAgain(email, password))) return location.assign("/sign-in");
        toast({
          tone: "positive",
          title: "Password changed",
          description: "You’re signed out everywhere else.",
        });
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const input = { current: formText(form, "current"), password: formText(form, "password") };
    change.mutate(input, { onSuccess: () => form.reset() });
  };
  const problem = change.error && problemOf(change.error);
  return (
    <form onSubmit={submit} className="grid gap-4">
      {/* Tells password managers which account the password belongs to. */}
      <input type="hidden" name="email" autoComplete="username" value={email} />
      <Field
        label="Current password"
        name="current"
        type="password"
        required
        autoComplete="current-password"
        error={fieldError(problem, "current")}
      />
      <NewPasswordField label="New password" error={fieldError(problem, "password")} />
      {problem && problem.violations.length === 0 && <FormProblem message={problem.message} />}
      <div>
        <Button type="submit" tone="primary" busy={change.isPending}>
          Change password
        </Button>
      </div>
    </form>
  );
}
