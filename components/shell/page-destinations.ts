import { BookOpen, Layers } from "lucide-react";
import { roleAllows, type Role } from "@/schemas/team/roles";
import type { DestinationGroup } from "./destination";
import { MAIN_PAGES, OTHER_PAGES } from "./navigation";
import type { ShellEnvironment } from "./shell-context";

/** Who opened the command menu, and in which environment. */
export interface CommandContext {
  readonly role: Role;
  readonly environments: readonly ShellEnvironment[];
  readonly environmentId: string;
}

/** Finds the pages and other environments whose labels contain every word of `search`. */
export function pageDestinations(
  { role, environments, environmentId }: CommandContext,
  search: string,
): readonly DestinationGroup[] {
  const words = search.toLowerCase().split(/\s+/);
  const matches = ({ label }: { readonly label: string }) => words.every((word) => label.toLowerCase().includes(word));
  const allowed = [...MAIN_PAGES, ...OTHER_PAGES].filter(({ needs = "viewer" }) => roleAllows(role, needs));
  const pages = [
    ...allowed.map(({ path, ...page }) => ({ ...page, href: `/dashboard/${environmentId}/${path}`, detail: null })),
    { href: "/docs/api", icon: BookOpen, label: "API reference", detail: null },
  ];
  const others = environments.filter(({ id }) => id !== environmentId);
  const switches = others.map(({ id, name }) => {
    return { href: `/dashboard/${id}/organizations`, icon: Layers, label: `Switch to ${name}`, detail: "Environment" };
  });
  return [
    { label: "Pages", destinations: pages.filter(matches) },
    { label: "Environments", destinations: switches.filter(matches) },
  ];
}
