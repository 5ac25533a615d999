"use client";

import { useMutation } from "@tanstack/react-query";
import { ApiProvider } from "@/components/trpc/api-provider";
import { useTRPC } from "@/components/trpc/context";
import { formText } from "@/components/ui/forms/form-text";
import { LinkForm } from "./link-form";
import { signInAgain } from "./sign-in-again";

interface ResetPasswordProps {
  readonly token: string;
  readonly email: string;
}

/** Asks a member for a new password, then signs them in. */
export function ResetPassword(props: ResetPasswordProps) {
  return (
    <ApiProvider url="/api/trpc">
      <ResetForm {...props} />
    </ApiProvider>
  );
}

function ResetForm({ token, email }: ResetPasswordProps) {
  const trpc = useTRPC();
  const reset = useMutation(
    trpc.account.resetPassword.mutationOptions({
      gcTime: 0,
      onSuccess: async (_, { password }) =>
        location.assign((await signInAgain(email, password)) ? "/dashboard" : "/sign-in"),
    }),
  );
  return (
    <LinkForm
      email={email}
      mutation={reset}
      button="Set password"
      passwordLabel="New password"
      onSubmit={(form) => reset.mutate({ token, password: formText(form, "password") })}
    />
  );
}
