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

/** Name and password of a new member, who is signed in with them. */
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
      act={accept}
      button="Join"
      onSubmit={(form) => accept.mutate({ token, name: formText(form, "name"), password: formText(form, "password") })}
    >
      {(wrong) => (
        <Field
          label="Your name"
          name="name"
          required
          maxLength={100}
          autoComplete="name"
          dir="auto"
          error={wrong("name")}
        />
      )}
    </LinkForm>
  );
}
