import { z } from "zod";

/** What a member of a workspace may do, from least to most; each role may do what those before it may. */
export const ROLES = ["viewer", "member", "admin", "owner"] as const;
export const role = z.enum(ROLES);
export type Role = z.output<typeof role>;

/** Whether `actual` may do what needs `needed`. */
export function roleAllows(actual: Role, needed: Role): boolean {
  return ROLES.indexOf(actual) >= ROLES.indexOf(needed);
}
