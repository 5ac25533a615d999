import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventFilters } from "@/schemas/events/event-filters";
import { ROLES, type Role } from "@/schemas/team/roles";
import { requestExport } from "@/server/domain/exports/request-export";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { createEventSchema } from "@/server/domain/event-schemas/event-schemas";
import { keepRejectedEvents, listRejectedEvents } from "@/server/domain/events/rejected/rejected-events";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { findPortalSession, redeemPortalLink, type PortalSessionScope } from "@/server/domain/portal/portal-sessions";
import { findMemberScope } from "@/server/domain/workspaces/member-scope";
import { DomainError } from "@/server/kernel/errors";
import { hashSecret, newId } from "@/server/kernel/ids";
import type { EnvironmentScope, OrganizationScope } from "@/server/kernel/scopes";
import { createTestDatabase } from "@/server/testing/database";
import { anEvent, createEnvironment, createOrganization, storeEvents } from "@/server/testing/factories";
import { createTestServices } from "@/server/testing/services";
import type { Caller } from "./context";
import { appRouter } from "./root";

const NEW_PASSWORD = "four words that differ";
const range = { from: new Date("2026-01-01"), to: new Date("2027-01-01") };
const everything = eventFilters.parse(range);

/** One vendor with everything that a procedure can be asked for. */
interface World {
  readonly environment: EnvironmentScope;
  readonly organization: OrganizationScope;
  readonly portal: PortalSessionScope;
  readonly eventId: string;
  readonly exportId: string;
  readonly apiKeyId: string;
  /** Of a name that the other world does not have. */
  readonly action: string;
  readonly rejectedEventId: string;
  /** A link that was opened, and its session; apart from those of `portal`, which go on. */
  readonly portalLinkId: string;
  readonly portalSessionId: string;
  /** One to be changed and one to be removed, and the same of invitations. */
  readonly memberIds: readonly [string, string];
  readonly invitationIds: readonly [string, string];
  /** Organizations to be deleted, one for each call. */
  readonly doomed: string[];
}

/**
 * Who may call each procedure and with what: `own` gives an input of the caller's own world, so the same input from
 * another world must be answered like one that does not exist. A procedure that is missing here fails the first test.
 */
const cases: Record<
  string,
  {
    readonly kind: "link" | "staff" | "environment" | "organization" | "vendor" | "portal";
    readonly needs?: Role;
    readonly own: (world: World) => object | undefined;
  }
> = {
  "account.acceptInvitation": { kind: "link", own: () => ({ token: "made up", name: "Eve", password: NEW_PASSWORD }) },
  "account.changePassword": { kind: "staff", own: () => ({ current: "not it", password: NEW_PASSWORD }) },
  "account.current": { kind: "staff", own: () => undefined },
  "account.rename": { kind: "staff", own: () => ({ name: "Renamed" }) },
  "account.resetPassword": { kind: "link", own: () => ({ token: "made up", password: NEW_PASSWORD }) },
  "account.signOutEverywhere": { kind: "staff", own: () => undefined },
  "activity.actors": { kind: "environment", own: () => undefined },
  "activity.list": { kind: "environment", own: () => range },
  "apiKeys.list": { kind: "environment", own: () => undefined },
  "apiKeys.create": { kind: "environment", needs: "admin", own: () => ({ name: "made in a test" }) },
  "apiKeys.revoke": { kind: "environment", needs: "admin", own: (world) => ({ apiKeyId: world.apiKeyId }) },
  "events.list": { kind: "organization", own: (world) => ({ ...of(world), filters: range }) },
  "events.byId": { kind: "organization", own: (world) => ({ ...of(world), eventId: world.eventId }) },
  "events.count": { kind: "organization", own: (world) => ({ ...of(world), filters: range }) },
  "events.histogram": { kind: "organization", own: (world) => ({ ...of(world), filters: range }) },
  "events.filterValues": { kind: "organization", own: (world) => ({ ...of(world), field: "actions" }) },
  "eventSchemas.actions": { kind: "environment", own: () => ({}) },
  "eventSchemas.versions": { kind: "environment", own: (world) => ({ action: world.action }) },
  "eventSchemas.propose": { kind: "environment", own: (world) => ({ action: world.action }) },
  "eventSchemas.tryEvent": { kind: "environment", own: () => ({ text: "{}" }) },
  "eventSchemas.create": {
    kind: "environment",
    needs: "admin",
    own: (world) => ({
      action: world.action,
      schema: { targets: [{ type: "team", metadata: null }], actorMetadata: null, metadata: null },
    }),
  },
  "exports.request": { kind: "organization", needs: "member", own: (world) => ({ ...of(world), filters: range }) },
  "exports.estimate": { kind: "organization", own: (world) => ({ ...of(world), filters: range }) },
  "exports.list": { kind: "organization", own: (world) => ({ ...of(world) }) },
  "exports.inEnvironment": { kind: "environment", own: () => ({}) },
  "exports.byId": { kind: "organization", own: (world) => ({ ...of(world), exportId: world.exportId }) },
  "exports.cancel": {
    kind: "organization",
    needs: "member",
    own: (world) => ({ ...of(world), exportId: world.exportId }),
  },
  "exports.runAgain": {
    kind: "organization",
    needs: "member",
    own: (world) => ({ ...of(world), exportId: world.exportId }),
  },
  "exports.download": {
    kind: "organization",
    needs: "member",
    own: (world) => ({ ...of(world), exportId: world.exportId }),
  },
  "organizations.list": { kind: "environment", own: () => ({}) },
  "organizations.withEvents": { kind: "environment", own: () => undefined },
  "organizations.create": { kind: "environment", needs: "admin", own: () => ({ name: "New" }) },
  "organizations.byId": { kind: "vendor", own: (world) => of(world) },
  "organizations.update": {
    kind: "vendor",
    needs: "admin",
    own: (world) => ({ ...of(world), changes: { name: "Acme" } }),
  },
  "organizations.delete": {
    kind: "vendor",
    needs: "admin",
    own: (world) => ({ organizationId: world.doomed.pop() }),
  },
  "organizations.retention": { kind: "vendor", own: (world) => of(world) },
  "organizations.setRetention": { kind: "vendor", needs: "admin", own: (world) => ({ ...of(world), days: 3650 }) },
  "portal.session": { kind: "portal", own: () => undefined },
  "portal.signOut": { kind: "portal", own: () => undefined },
  "portalBranding.change": { kind: "staff", needs: "admin", own: () => ({ accent: "#0b6068" }) },
  "portalBranding.current": { kind: "staff", own: () => undefined },
  "portalLinks.create": { kind: "vendor", needs: "member", own: (world) => of(world) },
  "portalLinks.list": { kind: "vendor", own: (world) => of(world) },
  "portalLinks.revoke": {
    kind: "vendor",
    needs: "member",
    own: (world) => ({ ...of(world), portalLinkId: world.portalLinkId }),
  },
  "portalLinks.endSession": {
    kind: "vendor",
    needs: "member",
    own: (world) => ({ ...of(world), portalSessionId: world.portalSessionId }),
  },
  "rejectedEvents.list": { kind: "environment", own: () => ({}) },
  "rejectedEvents.replay": {
    kind: "environment",
    needs: "admin",
    own: (world) => ({ rejectedEventId: world.rejectedEventId }),
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
    own: (world) => ({ memberId: world.memberIds[0], role: "admin" }),
  },
  "team.createResetLink": { kind: "staff", needs: "owner", own: (world) => ({ memberId: world.memberIds[0] }) },
  "team.invitations": { kind: "staff", needs: "owner", own: () => undefined },
  "team.invite": { kind: "staff", needs: "owner", own: () => ({ email: "new@vendor.example", role: "viewer" }) },
  "team.members": { kind: "staff", own: () => undefined },
  "team.remove": { kind: "staff", needs: "owner", own: (world) => ({ memberId: world.memberIds[1] }) },
  "team.resendInvitation": {
    kind: "staff",
    needs: "owner",
    own: (world) => ({ invitationId: world.invitationIds[0] }),
  },
  "team.revokeInvitation": {
    kind: "staff",
    needs: "owner",
    own: (world) => ({ invitationId: world.invitationIds[1] }),
  },
  "workspace.current": { kind: "staff", own: () => undefined },
};
const paths = Object.keys(cases);
const of = (world: World) => ({ organizationId: world.organization.organization.id });

let mine: World;
let theirs: World;
let tearDown: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  const { services, close } = await createTestServices(database.url);
  const createWorld = async (): Promise<World> => {
    const environment = await createEnvironment(services);
    const organization = await createOrganization(environment);
    const [eventId = ""] = await storeEvents(organization, [anEvent()]);
    const portal = await openPortal(organization);
    // By the portal, so that both sides may see it.
    const { id: exportId } = await requestExport(portal, { filters: everything });
    const { key } = await createApiKey(environment, { name: "of the world" });
    const { session } = await openPortal(organization);
    const { linkId: portalLinkId } = await services.db.prisma.portalSession.findUniqueOrThrow({
      where: { id: session.id },
    });
    const action = `document.updated.${environment.environment.id}`;
    const schema = { targets: [{ type: "team", metadata: null }], actorMetadata: null, metadata: null };
    await createEventSchema(environment, action, schema);
    const refusal = new DomainError("invalid_request", "Refused.");
    await keepRejectedEvents(environment, [{ body: {}, idempotencyKey: null, failure: refusal }]);
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
      doomed: doomed.map(({ organization }) => organization.id),
    };
    return { environment, organization, portal, eventId, exportId, ...ids };
  };
  mine = await createWorld();
  theirs = await createWorld();
  tearDown = async () => {
    await close();
    await database.drop();
  };
});
afterAll(() => tearDown());

async function createTeam(environment: EnvironmentScope): Promise<Pick<World, "memberIds" | "invitationIds">> {
  const { prisma } = environment.db;
  const { workspaceId } = await prisma.environment.findUniqueOrThrow({ where: { pk: environment.environment.pk } });
  const now = new Date();
  const newPair = (prefix: "member" | "invitation") => [newId(prefix, now), newId(prefix, now)] as const;
  const [memberIds, invitationIds] = [newPair("member"), newPair("invitation")];
  for (const id of memberIds) {
    await prisma.member.create({ data: { id, workspaceId, role: "viewer", name: id, email: `${id}@vendor.example` } });
  }
  for (const id of invitationIds) {
    const moments = { sentAt: now, expiresAt: now };
    const data = { id, workspaceId, role: "viewer", email: `${id}@vendor.example`, invitedBy: {}, ...moments } as const;
    await prisma.invitation.create({ data: { ...data, tokenHash: hashSecret(id) } });
  }
  return { memberIds, invitationIds };
}

async function openPortal(organization: OrganizationScope): Promise<PortalSessionScope> {
  const { link } = await createPortalLink(organization, { intent: "audit_logs", returnUrl: null, successUrl: null });
  const redeemed = await redeemPortalLink(organization, new URL(link).searchParams.get("token") ?? "");
  const session = typeof redeemed === "string" ? null : await findPortalSession(organization, redeemed.secret);
  if (!session) throw new Error("The portal did not open.");
  return session;
}

async function staff(world: World, role: Role): Promise<Caller> {
  const { prisma } = world.environment.db;
  const { workspaceId } = await prisma.environment.findUniqueOrThrow({
    where: { pk: world.environment.environment.pk },
  });
  const id = newId("member", new Date());
  await prisma.member.create({ data: { id, workspaceId, role, name: role, email: `${id}@vendor.example` } });
  const scope = await findMemberScope(world.environment, id, new Date("9999-01-01"));
  if (!scope) throw new Error("The member is not there.");
  return { kind: "staff", scope, environmentId: world.environment.environment.id };
}

const nobody: Caller = { kind: "nobody", wayIn: "Sign in to continue." };
const apiKey = (world: World): Caller => ({ kind: "api_key", scope: world.environment });
const portal = (world: World): Caller => ({ kind: "portal", scope: world.portal });

/** The tRPC code of the failure, or `OK`. */
async function outcome(caller: Caller, path: string, input: unknown): Promise<string> {
  const context = { services: mine.environment, caller, requestId: "test", address: path };
  const [area = "", name = ""] = path.split(".");
  // The router's callers are typed per procedure; the matrix goes over all of them by name.
  const procedures = appRouter.createCaller(context) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  try {
    await procedures[area]?.[name]?.(input);
    return "OK";
  } catch (error) {
    if (error instanceof TRPCError) return error.code;
    throw error;
  }
}

/** Answers that are fine to the right caller: done, or refused for the state that the thing is in. */
const ALLOWED = ["OK", "CONFLICT", "UNPROCESSABLE_CONTENT"];

test("every procedure has its case", () => {
  expect(Object.keys(appRouter._def.procedures).toSorted()).toEqual(paths.toSorted());
});

describe.each(paths)("%s", (path) => {
  const { kind, needs = "viewer", own } = cases[path] ?? { kind: "staff", own: () => undefined };

  // Its link's secret is what opens it, to whomever.
  if (kind === "link") {
    test("answers everybody that a made-up link opens nothing", async () => {
      for (const caller of [nobody, await staff(mine, "owner"), apiKey(mine), portal(mine)])
        expect(await outcome(caller, path, own(mine))).toBe("PRECONDITION_FAILED");
    });
    return;
  }

  test("is closed to whoever is not signed in", async () => {
    expect(await outcome(nobody, path, own(mine))).toBe("UNAUTHORIZED");
  });

  test("is open to the role that it needs, and to no lower one", async () => {
    const expected = kind === "portal" ? ["UNAUTHORIZED"] : ALLOWED;
    expect(expected).toContain(await outcome(await staff(mine, needs), path, own(mine)));
    if (needs === "viewer") return;
    const lower = ROLES[ROLES.indexOf(needs) - 1] ?? "viewer";
    expect(await outcome(await staff(mine, lower), path, own(mine))).toBe("FORBIDDEN");
  });

  test("opens to an API key its own environment only", async () => {
    expect(kind === "portal" || kind === "staff" ? ["UNAUTHORIZED"] : ALLOWED).toContain(
      await outcome(apiKey(mine), path, own(mine)),
    );
  });

  test("opens to a portal session its own organization's events and exports only", async () => {
    // Signing out would end the session for the cases after it.
    const session = path === "portal.signOut" ? await openPortal(mine.organization) : mine.portal;
    const answer = await outcome({ kind: "portal", scope: session }, path, own(mine));
    if (kind === "organization" || kind === "portal") expect(ALLOWED).toContain(answer);
    else expect(["UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND"]).toContain(answer);
  });

  const foreign =
    ["organization", "vendor"].includes(kind) ||
    ["apiKeys.revoke", "eventSchemas.versions", "rejectedEvents.replay"].includes(path) ||
    /^team\.(changeRole|remove|createResetLink|(resend|revoke)Invitation)$/.test(path);
  if (foreign)
    test("answers another world's ids like ids that do not exist", async () => {
      const callers = [
        ...(kind === "staff" ? [] : [apiKey(mine)]),
        await staff(mine, "owner"),
        ...(kind === "organization" ? [portal(mine)] : []),
      ];
      for (const caller of callers) expect(await outcome(caller, path, own(theirs))).toBe("NOT_FOUND");
    });

  const nested = /^(events|exports)\.(byId|cancel|runAgain|download)$|^portalLinks\.(revoke|endSession)$/.test(path);
  if (nested)
    test("answers what is another organization's as not found within one's own", async () => {
      expect(await outcome(apiKey(mine), path, { ...own(theirs), ...of(mine) })).toBe("NOT_FOUND");
    });
});

test("staff of one workspace cannot name another's environment", async () => {
  const caller = await staff(mine, "owner");
  expect(
    await outcome({ ...caller, environmentId: theirs.environment.environment.id } as Caller, "organizations.list", {}),
  ).toBe("NOT_FOUND");
});

test("an export of the vendor's staff does not exist in the portal", async () => {
  const { id: exportId } = await requestExport(mine.organization, { filters: everything });
  for (const path of ["exports.byId", "exports.cancel", "exports.runAgain", "exports.download"]) {
    expect(await outcome(portal(mine), path, { ...of(mine), exportId })).toBe("NOT_FOUND");
  }
});

test("an organization is not found within another environment of its workspace", async () => {
  const { workspaceId } = await mine.environment.db.prisma.environment.findUniqueOrThrow({
    where: { pk: mine.environment.environment.pk },
  });
  const id = newId("environment", new Date());
  await mine.environment.db.prisma.environment.create({ data: { id, workspaceId, name: "Other", kind: "staging" } });
  const caller = { ...(await staff(mine, "owner")), environmentId: id } as Caller;
  expect(await outcome(caller, "organizations.byId", of(mine))).toBe("NOT_FOUND");
});
