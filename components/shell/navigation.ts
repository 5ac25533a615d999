import {
  Braces,
  Building2,
  CircleX,
  FileDown,
  History,
  KeyRound,
  Settings,
  Users,
  type LucideIcon,
} from "lucide-react";

interface Place {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly path: string;
}

/** The dashboard's places within an environment. */
export const PLACES: readonly Place[] = [
  { label: "Organizations", icon: Building2, path: "organizations" },
  { label: "Exports", icon: FileDown, path: "exports" },
  { label: "Event schemas", icon: Braces, path: "event-schemas" },
  { label: "Rejected events", icon: CircleX, path: "rejected-events" },
  { label: "API keys", icon: KeyRound, path: "api-keys" },
  { label: "Team", icon: Users, path: "team" },
  { label: "Activity", icon: History, path: "activity" },
  { label: "Settings", icon: Settings, path: "settings" },
];
