import type { Role } from "@/schemas/team/roles";
import { range, type Tenant } from "./tenant.fixture";

const NEW_PASSWORD = "four words that differ";

export const of = (tenant: Tenant) => ({ organizationId: tenant.organization.organization.id });

/**
 * Who may call each procedure, and with which input. `own` returns an input of a tenant; with another tenant's input the
 * procedure must respond as if it did not exist. `root.test.ts` fails for a procedure that is missing here.
 */
export const procedureCases: Record<
  string,
  {
    readonly kind: "link" | "staff" | "staffEnvironment" | "environment" | "organization" | "vendor" | "portal";
    readonly needs?: Role;
    readonly own: (tenant: Tenant) => object | undefined;
  }
> = {
  "account.acceptInvitation": { kind: "link", own: () => ({ token: "made up", name: "Eve", password: NEW_PASSWORD }) },
  "account.changePassword": { kind: "staff", own: () => ({ current: "not it", password: NEW_PASSWORD }) },
  "account.current": { kind: "staff", own: () => undefined },
  // Ending a session that has ended, or another member's, does nothing.
  "account.endSession": { kind: "staff", own: () => ({ sessionId: "member_session_of_no_one" }) },
  "account.rename": { kind: "staff", own: () => ({ name: "Renamed" }) },
  "account.resetPassword": { kind: "link", own: () => ({ token: "made up", password: NEW_PASSWORD }) },
  "account.sessions": { kind: "staff", own: () => undefined },
  "account.signOutEverywhere": { kind: "staff", own: () => undefined },
  "activity.actors": { kind: "environment", own: () => undefined },
  "activity.list": { kind: "environment", own: () => range },
  "apiKeys.list": { kind: "environment", own: () => ({}) },
  "apiKeys.create": { kind: "staffEnvironment", needs: "admin", own: () => ({ name: "made in a test" }) },
  "apiKeys.revoke": { kind: "environment", needs: "admin", own: (tenant) => ({ apiKeyId: tenant.apiKeyId }) },
  "events.list": { kind: "organization", own: (tenant) => ({ ...of(tenant), filters: range }) },
  "events.byId": { kind: "organization", own: (tenant) => ({ ...of(tenant), eventId: tenant.eventId }) },
  "events.count": { kind: "organization", own: (tenant) => ({ ...of(tenant), filters: range }) },
  "events.histogram": { kind: "organization", own: (tenant) => ({ ...of(tenant), filters: range }) },
  "events.filterValues": { kind: "organization", own: (tenant) => ({ ...of(tenant), field: "actions" }) },
  "eventSchemas.actions": { kind: "environment", own: () => ({}) },
  "eventSchemas.versions": { kind: "environment", own: (tenant) => ({ action: tenant.action }) },
  "eventSchemas.propose": { kind: "environment", own: (tenant) => ({ action: tenant.action }) },
  "eventSchemas.tryEvent": { kind: "environment", own: () => ({ text: "{}" }) },
  "eventSchemas.create": {
    kind: "environment",
    needs: "admin",
    own: (tenant) => ({
      action: tenant.action,
      schema: { targets: [{ type: "team", metadata: null }], actorMetadata: null, metadata: null },
    }),
  },
  "exports.request": { kind: "organization", needs: "member", own: (tenant) => ({ ...of(tenant), filters: range }) },
  "exports.estimate": { kind: "organization", own: (tenant) => ({ ...of(tenant), filters: range }) },
  "exports.list": { kind: "organization", own: (tenant) => ({ ...of(tenant) }) },
  "exports.inEnvironment": { kind: "environment", own: () => ({}) },
  "exports.byId": { kind: "organization", own: (tenant) => ({ ...of(tenant), exportId: tenant.exportId }) },
  "exports.cancel": {
    kind: "organization",
    needs: "member",
    own: (tenant) => ({ ...of(tenant), exportId: tenant.exportId }),
  },
  "exports.runAgain": {
    kind: "organization",
    needs: "member",
    own: (tenant) => ({ ...of(tenant), exportId: tenant.exportId }),
  },
  "exports.download": {
    kind: "organization",
    needs: "member",
    own: (tenant) => ({ ...of(tenant), exportId: tenant.exportId }),
  },
  "organizations.list": { kind: "environment", own: () => ({}) },
  "organizations.withEvents": { kind: "environment", own: () => undefined },
  "organizations.create": { kind: "environment", needs: "admin", own: () => ({ name: "New" }) },
  "organizations.byId": { kind: "vendor", own: (tenant) => of(tenant) },
  "organizations.update": {
    kind: "vendor",
    needs: "admin",
    own: (tenant) => ({ ...of(tenant), changes: { name: "Acme" } }),
  },
  "organizations.delete": {
    kind: "vendor",
    needs: "admin",
    own: (tenant) => ({ organizationId: tenant.doomed.pop() }),
  },
  "organizations.retention": { kind: "vendor", own: (tenant) => of(tenant) },
  "organizations.setRetention": { kind: "vendor", needs: "admin", own: (tenant) => ({ ...of(tenant), days: 3650 }) },
  "portal.session": { kind: "portal", own: () => undefined },
  "portal.signOut": { kind: "portal", own: () => undefined },
  "portalBranding.change": { kind: "staff", needs: "admin", own: () => ({ accent: "#0b6068" }) },
  "portalBranding.current": { kind: "staff", own: () => undefined },
  "portalLinks.create": { kind: "vendor", needs: "member", own: (tenant) => of(tenant) },
  "portalLinks.list": { kind: "vendor", own: (tenant) => of(tenant) },
  "portalLinks.revoke": {
    kind: "vendor",
    needs: "member",
    own: (tenant) => ({ ...of(tenant), portalLinkId: tenant.portalLinkId }),
  },
  "portalLinks.endSession": {
    kind: "vendor",
    needs: "member",
    own: (tenant) => ({ ...of(tenant), portalSessionId: tenant.portalSessionId }),
  },
  "rejectedEvents.list": { kind: "environment", own: () => ({}) },
  "rejectedEvents.replay": {
    kind: "environment",
    needs: "admin",
    own: (tenant) => ({ rejectedEventId: tenant.rejectedEventId }),
  },
  "rejectedEvents.replayAll": { kind: "environment", needs: "admin", own: () => ({ after: null }) },
  "settings.redirectOrigins": { kind: "environment", own: () => undefined },
  "settings.setRedirectOrigins": {
    kind: "environment",
    needs: "admin",
    own: () => ({ origins: ["https://app.example.com"] }),
  },
  "settings.strictActions": { kind: "environment", own: () => undefined },
  "settings.setStrictActions": { kind: "environment", needs: "admin", own: () => ({ strict: false }) },
  "team.changeRole": {
    kind: "staff",
    needs: "owner",
    own: (tenant) => ({ memberId: tenant.memberIds[0], role: "admin" }),
  },
  "team.createResetLink": { kind: "staff", needs: "owner", own: (tenant) => ({ memberId: tenant.memberIds[0] }) },
  "team.invitations": { kind: "staff", needs: "owner", own: () => undefined },
  "team.invite": { kind: "staff", needs: "owner", own: () => ({ email: "new@vendor.example", role: "viewer" }) },
  "team.members": { kind: "staff", own: () => undefined },
  "team.remove": { kind: "staff", needs: "owner", own: (tenant) => ({ memberId: tenant.memberIds[1] }) },
  "team.resendInvitation": {
    kind: "staff",
    needs: "owner",
    own: (tenant) => ({ invitationId: tenant.invitationIds[0] }),
  },
  "team.revokeInvitation": {
    kind: "staff",
    needs: "owner",
    own: (tenant) => ({ invitationId: tenant.invitationIds[1] }),
  },
  "workspace.current": { kind: "staff", own: () => undefined },
};
