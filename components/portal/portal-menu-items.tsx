"use client";

import { ThemeItems } from "@/components/theme/theme-items";
import { MenuSeparator } from "@/components/ui/overlays/menu-items";
import { SignOutItem } from "./sign-out-item";

/** What the portal's menu contains. Loaded with the menu. */
export default function PortalMenuItems({ returnUrl }: { readonly returnUrl: string | null }) {
  return (
    <>
      <ThemeItems />
      <MenuSeparator />
      <SignOutItem returnUrl={returnUrl} />
    </>
  );
}
