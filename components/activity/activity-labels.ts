import { withArticle } from "@/components/team/role-labels";
import type { ActivityEntry } from "@/schemas/activity/activity";
import type { ActivityAction, ActivityKind } from "@/schemas/activity/activity-actions";

type Details = ActivityEntry["details"];

/** Labels of the “Type” filter. */
export const KIND_LABELS: Record<ActivityKind, string> = {
  views: "Event views",
  exports: "Exports",
  portal: "Portal",
  keys: "API keys",
  members: "Members",
  sign_ins: "Sign-ins",
  configuration: "Configuration",
};

/** What was done, and to what. The object is often a name that a user chose. */
type Label = readonly [summary: string, object?: string | number | null | undefined];

const LABELS: Record<ActivityAction, (details: Details) => Label> = {
  "events.viewed": () => ["Viewed events"],
  "event.viewed": ({ eventId }) => ["Viewed an event", eventId],
  "export.requested": ({ exportId }) => ["Requested an export", exportId],
  "export.cancelled": ({ exportId }) => ["Canceled an export", exportId],
  "export.downloaded": ({ exportId }) => ["Downloaded an export", exportId],
  "portal_link.created": ({ portalLinkId, externalUserId }) =>
    externalUserId ? ["Created a portal link for", externalUserId] : ["Created a portal link", portalLinkId],
  "portal_link.revoked": ({ portalLinkId, externalUserId }) =>
    externalUserId ? ["Revoked all portal links for", externalUserId] : ["Revoked a portal link", portalLinkId],
  "portal_session.started": ({ portalLinkId }) => ["Opened the portal", portalLinkId],
  "portal_session.ended": ({ portalSessionId }) => ["Ended a portal session", portalSessionId],
  "api_key.created": ({ name }) => ["Created an API key", name],
  "api_key.revoked": ({ name }) => ["Revoked an API key", name],
  "member.invited": ({ email, role }) => [`Invited ${withArticle(String(role))}`, email],
  "member.invitation_resent": ({ email }) => ["Resent an invitation", email],
  "member.invitation_revoked": ({ email }) => ["Revoked an invitation", email],
  "member.joined": ({ email, role }) => [`Joined as ${withArticle(String(role))}`, email],
  "member.role_changed": ({ email, from, to }) => [`Changed a role from ${from} to ${to}`, email],
  "member.removed": ({ email, role }) => [`Removed ${withArticle(String(role))}`, email],
  "member.renamed": ({ to }) => ["Changed their name", to],
  "member.reset_link_created": ({ email }) => ["Created a password reset link", email],
  "member.password_changed": ({ by }) => [
    by === "link" ? "Set a new password with a reset link" : "Changed their password",
  ],
  "member.signed_out_everywhere": () => ["Signed out everywhere"],
  "member.signed_in": ({ by }) => [by === "password" ? "Signed in" : "Signed in with the identity provider"],
  "member.sign_in_failed": ({ email, address }) => [`Sign-in failed from ${address}`, email],
  "member.signed_out": () => ["Signed out"],
  "member.session_ended": ({ browser, address }) => [`Ended a session at ${address}`, browser],
  "organization.created": () => ["Created an organization"],
  "organization.updated": () => ["Updated an organization"],
  "organization.deleted": ({ name }) => ["Deleted an organization", name],
  "environment.redirect_origins_changed": ({ origins }) => ["Changed the redirect origins", origins],
  "environment.strict_actions_changed": ({ strict }) => [
    strict === "yes" ? "Blocked unknown actions" : "Allowed unknown actions",
  ],
  "portal_branding.changed": ({ name, accent }) => ["Updated portal branding", name ?? accent],
  "event_schema.created": ({ action, version }) => [`Created version ${version} of an event schema`, action],
  "rejected_events.replayed": ({ events }) => [
    events === 1 ? "Replayed a rejected event" : `Replayed ${events} rejected events`,
  ],
  "retention.changed": ({ days }) => [
    days === null ? "Set retention to forever" : `Set retention to ${days} ${days === 1 ? "day" : "days"}`,
  ],
};

/** Describes an entry. An action that this version does not know is shown by its name. */
export function describeEntry({ action, details }: ActivityEntry): {
  readonly summary: string;
  readonly object: string;
} {
  const known = Object.hasOwn(LABELS, action) ? LABELS[action as ActivityAction] : null;
  const [summary, object] = known ? known(details) : ([action] as const);
  return { summary, object: object === null || object === undefined ? "" : String(object) };
}
