/**
 * The roles of workspace members, from least to most permissions. Each role includes the permissions of those before it.
 * This file does not import zod, so that screens can use it without loading zod into the browser.
 */
export const ROLES = ["viewer", "member", "admin", "owner"] as const;
export type Role = (typeof ROLES)[number];

/** Whether a member with the role `actual` has the permissions of `needed`. */
export function roleAllows(actual: Role, needed: Role): boolean {
  return ROLES.indexOf(actual) >= ROLES.indexOf(needed);
}
