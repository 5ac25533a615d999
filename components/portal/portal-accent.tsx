import { accentVariables, type Scheme } from "./accent";

/** Applies the vendor's accent to the whole page, since dialogs and menus render outside of the frame. */
export function PortalAccent({ accent }: { readonly accent: string | null }) {
  if (accent === null) return null;
  const rule = (selector: string, scheme: Scheme) => {
    const declarations = Object.entries(accentVariables(accent, scheme)).map(([name, value]) => `${name}:${value}`);
    return `${selector}{${declarations.join(";")}}`;
  };
  const dark = rule(':root:not([data-theme="light"])', "dark");
  return (
    <style>{`${rule(":root", "light")}@media(prefers-color-scheme:dark){${dark}}${rule(':root[data-theme="dark"]', "dark")}`}</style>
  );
}
