import { ROLES, type Role } from "@/schemas/team/roles";

export const ROLE_LABELS: Record<Role, string> = {
  viewer: "Viewer",
  member: "Member",
  admin: "Admin",
  owner: "Owner",
};

/** What each role adds to the one below it. */
export const ROLE_DESCRIPTIONS: Record<Role, string> = {
  viewer: "Can view everything.",
  member: "Can also export events and create portal links.",
  admin: "Can also manage API keys, schemas, organizations and settings.",
  owner: "Can also manage members.",
};

/** Returns the role as a noun with its article, for sentences such as “X is now an admin”. */
export function withArticle(role: string): string {
  return `${/^[ao]/.test(role) ? "an" : "a"} ${role}`;
}

/** Options for a select or menu, from the lowest role to the highest. */
export const ROLE_OPTIONS = ROLES.map((value) => ({ value, label: ROLE_LABELS[value] }));
