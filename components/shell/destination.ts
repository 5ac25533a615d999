import type { LucideIcon } from "lucide-react";

/** A result of the command menu. */
export interface Destination {
  readonly href: string;
  readonly icon: LucideIcon;
  readonly label: string;
  /** Distinguishes destinations with the same label, or null. */
  readonly detail: string | null;
}

export interface DestinationGroup {
  readonly label: string;
  readonly destinations: readonly Destination[];
}
