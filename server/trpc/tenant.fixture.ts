import { eventFilters } from "@/schemas/events/event-filters";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { createEventSchema } from "@/server/domain/event-schemas/event-schemas";
import { keepRejectedEvents, listRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import { requestExport } from "@/server/domain/exports/request-export";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { findPortalSession, redeemPortalLink, type PortalSessionScope } from "@/server/domain/portal/portal-sessions";
import { DomainError } from "@/server/kernel/errors";
import { hashSecret, newId } from "@/server/kernel/ids";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { anEvent, createEnvironment, createOrganization, storeEvents } from "@/server/testing/factories";

export const range = { from: new Date("2026-01-01"), to: new Date("2027-01-01") };

/** One vendor with everything that the procedures need as input. */
export interface Tenant {
  readonly environment: EnvironmentScope;
  readonly organization: OrganizationScope;
  readonly portal: PortalSessionScope;
  readonly eventId: string;
  readonly exportId: string;
  readonly apiKeyId: string;
  /** A name that the other tenant does not have. */
  readonly action: string;
  readonly rejectedEventId: string;
  /** An opened link and its session, independent of `portal`, which stays open. */
  readonly portalLinkId: string;
  readonly portalSessionId: string;
  /** One member to change and one to remove, and the same for invitations. */
  readonly memberIds: readonly [string, string];
  readonly invitationIds: readonly [string, string];
  /** Organizations to delete, one for each call. */
  readonly doomed: string[];
}

export async function createTenant(services: Services): Promise<Tenant> {
  const environment = await createEnvironment(services);
  const organization = await createOrganization(environment);
  const [eventId = ""] = await storeEvents(organization, [anEvent()]);
  const portal = await openPortal(organization);
  // Requested in the portal, so that both sides can see it.
  const { id: exportId } = await requestExport(portal, { filters: eventFilters.parse(range) });
  const { key } = await createApiKey(environment, { name: "of the tenant" });
  const { session } = await openPortal(organization);
  const { linkId: portalLinkId } = await services.db.prisma.portalSession.findUniqueOrThrow({
    where: { id: session.id },
  });
  const action = `document.updated.${environment.environment.id}`;
  const schema = { targets: [{ type: "team", metadata: null }], actorMetadata: null, metadata: null };
  await createEventSchema(environment, action, schema);
  const failure = new DomainError("invalid_request", "Rejected.");
  await keepRejectedEvents(environment, [{ body: {}, idempotencyKey: null, failure }]);
  const [rejected] = (await listRejectedEvents(environment, { state: "all", limit: 1 })).items;
  const doomed = await Promise.all(Array.from({ length: 8 }, () => createOrganization(environment, "Doomed")));
  const { memberIds, invitationIds } = await createTeam(environment);
  const ids = {
    memberIds,
    invitationIds,
    apiKeyId: key.id,
    action,
    rejectedEventId: rejected?.id ?? "",
    portalLinkId,
    portalSessionId: session.id,
    doomed: doomed.map((each) => each.organization.id),
  };
  return { environment, organization, portal, eventId, exportId, ...ids };
}

async function createTeam(environment: EnvironmentScope): Promise<Pick<Tenant, "memberIds" | "invitationIds">> {
  const { prisma } = environment.db;
  const { workspaceId } = await prisma.environment.findUniqueOrThrow({ where: { pk: environment.environment.pk } });
  const now = new Date();
  const newPair = (prefix: "member" | "invitation") => [newId(prefix, now), newId(prefix, now)] as const;
  const [memberIds, invitationIds] = [newPair("member"), newPair("invitation")];
  for (const id of memberIds) {
    await prisma.member.create({ data: { id, workspaceId, role: "viewer", name: id, email: `${id}@vendor.example` } });
  }
  for (const id of invitationIds) {
    const timestamps = { sentAt: now, expiresAt: now };
    const data = {
      id,
      workspaceId,
      role: "viewer",
      email: `${id}@vendor.example`,
      invitedBy: {},
      ...timestamps,
    } as const;
    await prisma.invitation.create({ data: { ...data, tokenHash: hashSecret(id) } });
  }
  return { memberIds, invitationIds };
}

export async function openPortal(organization: OrganizationScope): Promise<PortalSessionScope> {
  const { link } = await createPortalLink(organization, { intent: "audit_logs", returnUrl: null, successUrl: null });
  const redeemed = await redeemPortalLink(organization, new URL(link).searchParams.get("token") ?? "");
  const session = typeof redeemed === "string" ? null : await findPortalSession(organization, redeemed.secret);
  if (!session) throw new Error("The portal did not open.");
  return session;
}
