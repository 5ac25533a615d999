import { BookOpen, Layers } from "lucide-react";
import { roleAllows, type Role } from "@/schemas/team/roles";
import { INNER_PLACES, PLACES } from "./navigation";
import type { DestinationGroup } from "./use-destinations";
import type { ShellEnvironment } from "./workspace";

/** Who looks for a way, and from where. */
export interface PlacesAround {
  readonly role: Role;
  readonly environments: readonly ShellEnvironment[];
  readonly environmentId: string;
}

/** The pages and the other environments whose names hold each word of `search`. */
export function pageDestinations(
  { role, environments, environmentId }: PlacesAround,
  search: string,
): readonly DestinationGroup[] {
  const words = search.toLowerCase().split(/\s+/);
  const fits = ({ label }: { readonly label: string }) => words.every((word) => label.toLowerCase().includes(word));
  const places = [...PLACES, ...INNER_PLACES].filter(({ needs = "viewer" }) => roleAllows(role, needs));
  const pages = [
    ...places.map(({ path, ...place }) => ({ ...place, href: `/dashboard/${environmentId}/${path}`, detail: null })),
    { href: "/docs/api", icon: BookOpen, label: "API reference", detail: null },
  ];
  const others = environments.filter(({ id }) => id !== environmentId);
  const switches = others.map(({ id, name }) => {
    return { href: `/dashboard/${id}/organizations`, icon: Layers, label: `Switch to ${name}`, detail: "Environment" };
  });
  return [
    { label: "Pages", destinations: pages.filter(fits) },
    { label: "Environments", destinations: switches.filter(fits) },
  ];
}
