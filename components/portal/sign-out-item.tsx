"use client";

import { useMutation } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { problemOf } from "@/components/trpc/problem";
import { useTRPC } from "@/components/trpc/context";
import { MenuItem } from "@/components/ui/overlays/menu-items";
import { useToast } from "@/components/ui/overlays/toast";

/** Ends the portal's session and leads back to the vendor where that is known. */
export function SignOutItem({ returnUrl }: { readonly returnUrl: string | null }) {
  const trpc = useTRPC();
  const toast = useToast();
  const signOut = useMutation(
    trpc.portal.signOut.mutationOptions({
      onSuccess: () => location.assign(returnUrl ?? "/portal/launch?problem=ended"),
      onError: (error) =>
        toast({ tone: "danger", title: "The session could not be ended", description: problemOf(error).message }),
    }),
  );
  return (
    <MenuItem onSelect={() => signOut.mutate()}>
      <LogOut aria-hidden />
      End session
    </MenuItem>
  );
}
