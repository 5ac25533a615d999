/** What a member of a workspace may do, from least to most; each role may do what those before it may. Without zod: screens know them too. */
export const ROLES = ["viewer", "member", "admin", "owner"] as const;
export type Role = (typeof ROLES)[number];

/** Whether `actual` may do what needs `needed`. */
export function roleAllows(actual: Role, needed: Role): boolean {
  return ROLES.indexOf(actual) >= ROLES.indexOf(needed);
}
