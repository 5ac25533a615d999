import { accentVariables } from "./accent";

/** Gives the page its vendor's accent: all of it, since dialogs and menus stand outside of the frame. */
export function PortalAccent({ accent }: { readonly accent: string | null }) {
  if (accent === null) return null;
  const declarations = Object.entries(accentVariables(accent)).map(([name, value]) => `${name}:${value}`);
  return <style>{`:root{${declarations.join(";")}}`}</style>;
}
