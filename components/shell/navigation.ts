import {
  Braces,
  Building2,
  CircleX,
  FileDown,
  FilePlus,
  FlaskConical,
  History,
  KeyRound,
  Settings,
  UserRound,
  Users,
  type LucideIcon,
} from "lucide-react";
import type { Role } from "@/schemas/team/roles";

interface Place {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly path: string;
  /** The least role that has something to do there; without it, everybody has. */
  readonly needs?: Role;
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

/** Places within those, and beside them. */
export const INNER_PLACES: readonly Place[] = [
  { label: "Event schemas: validator", icon: FlaskConical, path: "event-schemas/validator" },
  { label: "Event schemas: new action", icon: FilePlus, path: "event-schemas/edit", needs: "admin" },
  { label: "Your account", icon: UserRound, path: "account" },
];
