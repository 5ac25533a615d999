"use client";

import { useMutation } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { useTRPC } from "@/components/trpc/context";
import { problemOf } from "@/components/trpc/problem";
import { MenuItem } from "@/components/ui/overlays/menu-items";
import { useToast } from "@/components/ui/overlays/toast";
import { usePortalHome } from "./portal-home";

/** Ends the portal session, then leads to the return URL, or to the “session ended” page without one. */
export function SignOutItem({ returnUrl }: { readonly returnUrl: string | null }) {
  const trpc = useTRPC();
  const toast = useToast();
  const key = usePortalHome()?.split("/").at(-1) ?? "";
  const signOut = useMutation(
    trpc.portal.signOut.mutationOptions({
      onSuccess: () => location.assign(returnUrl ?? `/portal/launch?problem=ended&session=${key}`),
      onError: (error) => toast({ tone: "danger", title: "Couldn’t sign out", description: problemOf(error).message }),
    }),
  );
  return (
    <MenuItem onSelect={() => signOut.mutate()}>
      <LogOut aria-hidden />
      Sign out
    </MenuItem>
  );
}
