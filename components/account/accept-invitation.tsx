"use client";

import { useMutation } from "@tanstack/react-query";
import { ApiProvider } from "@/components/trpc/api-provider";
import { useTRPC } from "@/components/trpc/context";
import { Field } from "@/components/ui/forms/field";
import { formText } from "@/components/ui/forms/form-text";
import { LinkForm } from "./link-form";
import { signInAgain } from "./sign-in-again";

interface AcceptInvitationProps {
  readonly token: string;
  readonly email: string;
}

/** Asks a new member for a name and password, then signs them in. */
export function AcceptInvitation(props: AcceptInvitationProps) {
  return (
    <ApiProvider url="/api/trpc">
      <AcceptanceForm {...props} />
    </ApiProvider>
  );
}

function AcceptanceForm({ token, email }: AcceptInvitationProps) {
  const trpc = useTRPC();
  const accept = useMutation(
    trpc.account.acceptInvitation.mutationOptions({
      gcTime: 0,
      onSuccess: async (_, { password }) =>
        location.assign((await signInAgain(email, password)) ? "/dashboard" : "/sign-in"),
    }),
  );
  return (
    <LinkForm
      email={email}
      mutation={accept}
      button="Join workspace"
      passwordLabel="Password"
      onSubmit={(form) => accept.mutate({ token, name: formText(form, "name"), password: formText(form, "password") })}
    >
      {(errorOf) => (
        <Field
          label="Your name"
          name="name"
          required
          maxLength={100}
          autoComplete="name"
          dir="auto"
          error={errorOf("name")}
        />
      )}
    </LinkForm>
  );
}
