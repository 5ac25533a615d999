/** The topics by which the activity can be filtered. */
export const ACTIVITY_KINDS = ["views", "exports", "portal", "keys", "members", "sign_ins", "configuration"] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** All actions that the activity records, with their topic. */
export const ACTIVITY_ACTIONS = {
  "events.viewed": "views",
  "event.viewed": "views",
  "export.requested": "exports",
  "export.cancelled": "exports",
  "export.downloaded": "exports",
  "portal_link.created": "portal",
  "portal_link.revoked": "portal",
  "portal_session.started": "portal",
  "portal_session.ended": "portal",
  "api_key.created": "keys",
  "api_key.revoked": "keys",
  "member.invited": "members",
  "member.invitation_resent": "members",
  "member.invitation_revoked": "members",
  "member.joined": "members",
  "member.role_changed": "members",
  "member.removed": "members",
  "member.renamed": "members",
  "member.reset_link_created": "members",
  "member.password_changed": "members",
  "member.signed_out_everywhere": "members",
  "member.signed_in": "sign_ins",
  "member.sign_in_failed": "sign_ins",
  "member.signed_out": "sign_ins",
  "member.session_ended": "sign_ins",
  "organization.created": "configuration",
  "organization.updated": "configuration",
  "organization.deleted": "configuration",
  "environment.redirect_origins_changed": "configuration",
  "environment.strict_actions_changed": "configuration",
  "portal_branding.changed": "configuration",
  "event_schema.created": "configuration",
  "rejected_events.replayed": "configuration",
  "retention.changed": "configuration",
} as const satisfies Record<string, ActivityKind>;

export type ActivityAction = keyof typeof ACTIVITY_ACTIONS;
