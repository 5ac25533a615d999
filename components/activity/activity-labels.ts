import type { ActivityEntry } from "@/schemas/activity/activity";
import type { ActivityAction, ActivityKind } from "@/schemas/activity/activity-actions";

type Details = ActivityEntry["details"];

/** What an entry is about, for a choice. */
export const KIND_LABELS: Record<ActivityKind, string> = {
  views: "Views of events",
  exports: "Exports",
  portal: "Portal",
  keys: "API keys",
  members: "Members",
  sign_ins: "Sign-ins",
  configuration: "Configuration",
};

/** What somebody did, and with what; the second part is often a name that others chose. */
type Words = readonly [deed: string, object?: string | number | null | undefined];

const words: Record<ActivityAction, (details: Details) => Words> = {
  "events.viewed": () => ["Looked at the events"],
  "event.viewed": ({ eventId }) => ["Opened an event", eventId],
  "export.requested": ({ exportId }) => ["Asked for an export", exportId],
  "export.cancelled": ({ exportId }) => ["Cancelled an export", exportId],
  "export.downloaded": ({ exportId }) => ["Downloaded an export", exportId],
  "portal_link.created": ({ portalLinkId }) => ["Made a portal link", portalLinkId],
  "portal_link.revoked": ({ portalLinkId }) => ["Revoked a portal link", portalLinkId],
  "portal_session.started": ({ portalLinkId }) => ["Opened the portal", portalLinkId],
  "portal_session.ended": ({ portalSessionId }) => ["Ended a portal session", portalSessionId],
  "api_key.created": ({ name }) => ["Made an API key", name],
  "api_key.revoked": ({ name }) => ["Revoked an API key", name],
  "member.invited": ({ email, role }) => [`Invited somebody with the role ${role}`, email],
  "member.invitation_resent": ({ email }) => ["Sent an invitation again", email],
  "member.invitation_revoked": ({ email }) => ["Withdrew an invitation", email],
  "member.joined": ({ email, role }) => [`Joined with the role ${role}`, email],
  "member.role_changed": ({ email, from, to }) => [`Changed a role from ${from} to ${to}`, email],
  "member.removed": ({ email, role }) => [`Removed a member with the role ${role}`, email],
  "member.renamed": ({ to }) => ["Took another name", to],
  "member.reset_link_created": ({ email }) => ["Made a link for a new password", email],
  "member.password_changed": ({ by }) => [by === "link" ? "Set a new password by a link" : "Changed the password"],
  "member.signed_out_everywhere": () => ["Signed out everywhere"],
  "member.signed_in": ({ by }) => [by === "password" ? "Signed in" : "Signed in through the identity provider"],
  "member.sign_in_failed": ({ email, address }) => [`A sign-in failed, from ${address}`, email],
  "organization.created": () => ["Created an organization"],
  "organization.updated": () => ["Changed an organization"],
  "organization.deleted": ({ name }) => ["Deleted an organization", name],
  "environment.redirect_origins_changed": ({ origins }) => ["Changed the redirect origins", origins],
  "environment.strict_actions_changed": ({ strict }) => [
    strict === "yes" ? "Had unknown actions refused" : "Had unknown actions taken",
  ],
  "portal_branding.changed": ({ name, accent }) => ["Changed how the portal looks", name ?? accent],
  "event_schema.created": ({ action, version }) => [`Made version ${version} of an event schema`, action],
  "rejected_events.replayed": ({ events }) => [
    events === 1 ? "Sent a refused event again" : `Sent ${events} refused events again`,
  ],
  "retention.changed": ({ days }) => [days === null ? "Had events kept for ever" : `Had events kept for ${days} days`],
};

/** An entry in words; one that this version does not know keeps its name. */
export function entryLabels({ action, details }: ActivityEntry): { readonly deed: string; readonly object: string } {
  const known = Object.hasOwn(words, action) ? words[action as ActivityAction] : null;
  const [deed, object] = known ? known(details) : ([action] as const);
  return { deed, object: object === null || object === undefined ? "" : String(object) };
}
