/** The IDs that page URLs contain. */
export interface Place {
  readonly environmentId: string;
  readonly organizationId: string;
}

/** Every staff page, by its folder in `app`, with the query that its URL needs. */
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

/** Every page of the portal for a visitor with a session. */
export const PORTAL_PAGES = ["portal/[session]", "portal/[session]/exports"] as const;

/** Every page that needs no sign-in. Pages behind a link are opened with an invalid one here. */
export const PUBLIC_PAGES = [
  "sign-in",
  "docs/api",
  "portal/launch?token=cut-off",
  "invitation?token=cut-off",
  "reset-password?token=cut-off",
] as const;

/** Pages that only redirect. */
export const REDIRECTS = ["", "dashboard", "dashboard/[environmentId]", "portal", "portal/exports"] as const;

/** Returns the page's path with the IDs filled in. */
export function pathOf(page: string, { environmentId, organizationId }: Place): string {
  return `/${page.replace("[environmentId]", environmentId).replace("[organizationId]", organizationId)}`;
}
