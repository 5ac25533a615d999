"use client";

import { Button } from "@/components/ui/button";

/** Signs out and comes back to this page. */
export function SignOutAndContinue() {
  const leave = async () => {
    const { signOut } = await import("next-auth/react");
    await signOut({ redirect: false });
    location.reload();
  };
  return (
    <Button tone="primary" size="lg" className="w-full" onClick={() => void leave()}>
      Sign out and go on
    </Button>
  );
}
