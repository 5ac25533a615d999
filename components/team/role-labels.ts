import { ROLES, type Role } from "@/schemas/team/roles";

/** What each role adds to the one before. */
export const ROLE_MEANINGS: Record<Role, string> = {
  viewer: "Reads everything, and exports nothing.",
  member: "Also exports events and makes portal links.",
  admin: "Also manages API keys, schemas, organizations and settings.",
  owner: "Also manages members.",
};

/** For a choice, from least to most. */
export const ROLE_OPTIONS = ROLES.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }));
