/** What addresses of pages name. */
export interface Place {
  readonly environmentId: string;
  readonly organizationId: string;
}

/** Every page that staff open, by its folder below `app`, with what its address needs besides. */
export const STAFF_PAGES = [
  "dashboard/[environmentId]/organizations",
  "dashboard/[environmentId]/organizations/[organizationId]",
  "dashboard/[environmentId]/organizations/[organizationId]/exports",
  "dashboard/[environmentId]/organizations/[organizationId]/portal-links",
  "dashboard/[environmentId]/organizations/[organizationId]/settings",
  "dashboard/[environmentId]/exports",
  "dashboard/[environmentId]/api-keys",
  "dashboard/[environmentId]/event-schemas",
  "dashboard/[environmentId]/event-schemas/action?name=user.signed_in",
  "dashboard/[environmentId]/event-schemas/edit",
  "dashboard/[environmentId]/event-schemas/edit?name=user.signed_in",
  "dashboard/[environmentId]/event-schemas/validator",
  "dashboard/[environmentId]/rejected-events",
  "dashboard/[environmentId]/activity",
  "dashboard/[environmentId]/team",
  "dashboard/[environmentId]/account",
  "dashboard/[environmentId]/settings",
] as const;

/** Every page of an opened portal. */
export const PORTAL_PAGES = ["portal", "portal/exports"] as const;

/** Every page that anyone can open; those of links with a link that works are opened by whoever has made one. */
export const PUBLIC_PAGES = [
  "sign-in",
  "docs/api",
  "portal/launch?token=cut-off",
  "invitation?token=cut-off",
  "reset-password?token=cut-off",
] as const;

/** Pages that only lead on to another. */
export const SIGNPOSTS = ["", "dashboard", "dashboard/[environmentId]"] as const;

/** The page's address in one Trailport. */
export function addressOf(page: string, { environmentId, organizationId }: Place): string {
  return `/${page.replace("[environmentId]", environmentId).replace("[organizationId]", organizationId)}`;
}
