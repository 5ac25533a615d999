"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/forms/form-problem";

/** Ends all of the member's sessions, including this one. */
export function SignOutEverywhere() {
  const trpc = useTRPC();
  const signOut = useMutation(
    trpc.account.signOutEverywhere.mutationOptions({ onSuccess: () => location.assign("/sign-in") }),
  );
  return (
    <div className="grid justify-items-start gap-3">
      <p className="text-muted">Sign out of all devices, including this one.</p>
      {signOut.error && <FormProblem message={problemOf(signOut.error).message} />}
      <Button busy={signOut.isPending} onClick={() => signOut.mutate()}>
        Sign out everywhere
      </Button>
    </div>
  );
}
