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

interface DashboardPage {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly path: string;
  /** The lowest role that can use the page. Everyone can when omitted. */
  readonly needs?: Role;
}

/** The pages in the sidebar. Paths are relative to the environment. */
export const MAIN_PAGES: readonly DashboardPage[] = [
  { label: "Organizations", icon: Building2, path: "organizations" },
  { label: "Exports", icon: FileDown, path: "exports" },
  { label: "Event schemas", icon: Braces, path: "event-schemas" },
  { label: "Rejected events", icon: CircleX, path: "rejected-events" },
  { label: "API keys", icon: KeyRound, path: "api-keys" },
  { label: "Team", icon: Users, path: "team" },
  { label: "Activity", icon: History, path: "activity" },
  { label: "Settings", icon: Settings, path: "settings" },
];

/** Pages that only the command menu lists. */
export const OTHER_PAGES: readonly DashboardPage[] = [
  { label: "Schema validator", icon: FlaskConical, path: "event-schemas/validator" },
  { label: "New action", icon: FilePlus, path: "event-schemas/edit", needs: "admin" },
  { label: "Account", icon: UserRound, path: "account" },
];
