import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KEY_SCOPES, type KeyScope } from "@/schemas/api-keys/api-key";
import { eventFilters } from "@/schemas/events/event-filters";
import { ROLES, type Role } from "@/schemas/team/roles";
import { requestExport } from "@/server/domain/exports/request-export";
import { newId } from "@/server/kernel/ids";
import { createTestDatabase } from "@/server/testing/database";
import { createTestServices } from "@/server/testing/services";
import { signIn } from "@/server/testing/staff";
import type { Caller } from "./context";
import { of, procedureCases } from "./procedure-cases.fixture";
import { appRouter } from "./root";
import { createTenant, openPortal, range, type Tenant } from "./tenant.fixture";

const KEY_PRINCIPAL = { type: "api_key", id: "api_key_test", name: "test" } as const;
const everything = eventFilters.parse(range);

const paths = Object.keys(procedureCases);

let mine: Tenant;
let theirs: Tenant;
let tearDown: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  const { services, close } = await createTestServices(database.url);
  mine = await createTenant(services);
  theirs = await createTenant(services);
  tearDown = async () => {
    await close();
    await database.drop();
  };
});
afterAll(() => tearDown());

async function staff(tenant: Tenant, role: Role): Promise<Caller> {
  const { prisma } = tenant.environment.db;
  const { workspaceId } = await prisma.environment.findUniqueOrThrow({
    where: { pk: tenant.environment.environment.pk },
  });
  const id = newId("member", new Date());
  await prisma.member.create({
    data: { id, workspaceId, role, name: role, email: `${id}@vendor.example`, sessionsFrom: new Date(0) },
  });
  const scope = await signIn(tenant.environment, id);
  return { kind: "staff", scope, environmentId: tenant.environment.environment.id };
}

const anonymous: Caller = { kind: "anonymous", signInHint: "Sign in to continue." };
const apiKey = (tenant: Tenant, keyScopes: readonly KeyScope[] = KEY_SCOPES): Caller => ({
  kind: "api_key",
  scope: { ...tenant.environment, principal: KEY_PRINCIPAL, keyScopes: new Set(keyScopes) },
});
const portal = (tenant: Tenant): Caller => ({ kind: "portal", scope: tenant.portal });

/** Calls a procedure; returns `OK` or the tRPC code of its error. */
async function outcome(caller: Caller, path: string, input: unknown): Promise<string> {
  const context = { services: mine.environment, caller, requestId: "test", address: path };
  const [area = "", name = ""] = path.split(".");
  // The types name each procedure; the tests call all of them by path.
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

/** The only scope that lets an API key call a procedure. */
function keyScopeOf(path: string): KeyScope {
  if (/^(rejectedEvents\.replay|eventSchemas\.tryEvent)/.test(path)) return "events:write";
  if (/^(events|rejectedEvents)\./.test(path)) return "events:read";
  if (path.startsWith("exports.")) return "exports";
  return path.startsWith("portalLinks.") ? "portal" : "manage";
}

/** Outcomes for a caller with access: success, or an error about the state of the data. */
const ALLOWED = ["OK", "CONFLICT", "UNPROCESSABLE_CONTENT"];

test("every procedure has a case", () => {
  expect(Object.keys(appRouter._def.procedures).toSorted()).toEqual(paths.toSorted());
});

describe.each(paths)("%s", (path) => {
  const { kind, needs = "viewer", own } = procedureCases[path] ?? { kind: "staff", own: () => undefined };

  // The secret of a link gives access to anyone.
  if (kind === "link") {
    test("rejects a made-up link, whoever calls", async () => {
      for (const caller of [anonymous, await staff(mine, "owner"), apiKey(mine), portal(mine)])
        expect(await outcome(caller, path, own(mine))).toBe("PRECONDITION_FAILED");
    });
    return;
  }

  test("rejects callers who are not signed in", async () => {
    expect(await outcome(anonymous, path, own(mine))).toBe("UNAUTHORIZED");
  });

  test("accepts staff with the required role and rejects lower roles", async () => {
    const expected = kind === "portal" ? ["UNAUTHORIZED"] : ALLOWED;
    expect(expected).toContain(await outcome(await staff(mine, needs), path, own(mine)));
    if (needs === "viewer") return;
    const lower = ROLES[ROLES.indexOf(needs) - 1] ?? "viewer";
    expect(await outcome(await staff(mine, lower), path, own(mine))).toBe("FORBIDDEN");
  });

  test("gives an API key access to its own environment only", async () => {
    const rejected = kind === "staffEnvironment" ? ["FORBIDDEN"] : ["UNAUTHORIZED"];
    expect(["portal", "staff", "staffEnvironment"].includes(kind) ? rejected : ALLOWED).toContain(
      await outcome(apiKey(mine), path, own(mine)),
    );
  });

  const needed = keyScopeOf(path);
  if (["environment", "organization", "vendor"].includes(kind))
    test(`accepts an API key with the scope ${needed} and rejects keys without it`, async () => {
      const others = KEY_SCOPES.filter((each) => each !== needed);
      expect(await outcome(apiKey(mine, others), path, own(mine))).toBe("FORBIDDEN");
      expect(ALLOWED).toContain(await outcome(apiKey(mine, [needed]), path, own(mine)));
    });

  test("gives a portal session access to its own organization's events and exports only", async () => {
    // Signing out would end the session that later cases need.
    const session = path === "portal.signOut" ? await openPortal(mine.organization) : mine.portal;
    const result = await outcome({ kind: "portal", scope: session }, path, own(mine));
    if (kind === "organization" || kind === "portal") expect(ALLOWED).toContain(result);
    else expect(["UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND"]).toContain(result);
  });

  const foreign =
    ["organization", "vendor"].includes(kind) ||
    ["apiKeys.revoke", "eventSchemas.versions", "rejectedEvents.replay"].includes(path) ||
    /^team\.(changeRole|remove|createResetLink|(resend|revoke)Invitation)$/.test(path);
  if (foreign)
    test("treats another tenant's IDs like IDs that do not exist", async () => {
      const callers = [
        ...(kind === "staff" ? [] : [apiKey(mine)]),
        await staff(mine, "owner"),
        ...(kind === "organization" ? [portal(mine)] : []),
      ];
      for (const caller of callers) expect(await outcome(caller, path, own(theirs))).toBe("NOT_FOUND");
    });

  const nested = /^(events|exports)\.(byId|cancel|runAgain|download)$|^portalLinks\.(revoke|endSession)$/.test(path);
  if (nested)
    test("does not find another organization's data within one's own", async () => {
      expect(await outcome(apiKey(mine), path, { ...own(theirs), ...of(mine) })).toBe("NOT_FOUND");
    });
});

test("staff cannot access an environment of another workspace", async () => {
  const caller = await staff(mine, "owner");
  expect(
    await outcome({ ...caller, environmentId: theirs.environment.environment.id } as Caller, "organizations.list", {}),
  ).toBe("NOT_FOUND");
});

test("the portal does not show exports that the vendor's staff requested", async () => {
  const { id: exportId } = await requestExport(mine.organization, { filters: everything });
  for (const path of ["exports.byId", "exports.cancel", "exports.runAgain", "exports.download"]) {
    expect(await outcome(portal(mine), path, { ...of(mine), exportId })).toBe("NOT_FOUND");
  }
});

test("an organization is not found in another environment of its workspace", async () => {
  const { workspaceId } = await mine.environment.db.prisma.environment.findUniqueOrThrow({
    where: { pk: mine.environment.environment.pk },
  });
  const id = newId("environment", new Date());
  await mine.environment.db.prisma.environment.create({ data: { id, workspaceId, name: "Other", kind: "staging" } });
  const caller = { ...(await staff(mine, "owner")), environmentId: id } as Caller;
  expect(await outcome(caller, "organizations.byId", of(mine))).toBe("NOT_FOUND");
});
