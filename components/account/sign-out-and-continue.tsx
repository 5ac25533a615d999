"use client";

import { Button } from "@/components/ui/button";

/** Signs out and reloads this page. */
export function SignOutAndContinue() {
  const signOutAndReload = async () => {
    const { signOut } = await import("next-auth/react");
    await signOut({ redirect: false });
    location.reload();
  };
  return (
    <Button tone="primary" size="lg" className="w-full" onClick={() => void signOutAndReload()}>
      Sign out and continue
    </Button>
  );
}
