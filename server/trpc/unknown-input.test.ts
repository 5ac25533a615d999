import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase } from "@/server/testing/database";
import { createTestServices } from "@/server/testing/services";
import { DomainError } from "@/server/kernel/errors";
import { createMember } from "@/server/testing/staff";
import type { Caller } from "./context";
import { of, procedureCases } from "./procedure-cases.fixture";
import { appRouter } from "./root";
import { createTenant, range, type Tenant } from "./tenant.fixture";

let tenant: Tenant;
let owner: Caller;
let tearDown: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  const { services, close } = await createTestServices(database.url);
  tenant = await createTenant(services);
  owner = await ownerOf(tenant);
  tearDown = async () => {
    await close();
    await database.drop();
  };
});
afterAll(() => tearDown());

async function ownerOf({ environment }: Tenant): Promise<Caller> {
  const { prisma } = environment.db;
  const { workspaceId } = await prisma.environment.findUniqueOrThrow({ where: { pk: environment.environment.pk } });
  const scope = await createMember(environment, workspaceId, { role: "owner" });
  return { kind: "staff", scope, environmentId: environment.environment.id };
}

/** Calls a procedure; returns the violations of its error, or null if it succeeds. */
async function violationsOf(caller: Caller, path: string, input: object): Promise<unknown> {
  const context = { services: tenant.environment, caller, requestId: "test", address: path };
  const [area = "", name = ""] = path.split(".");
  // The types name each procedure; the tests call all of them by path.
  const procedures = appRouter.createCaller(context) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  try {
    await procedures[area]?.[name]?.(input);
    return null;
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : undefined;
    if (!(cause instanceof DomainError)) throw error;
    return cause.details.violations;
  }
}

const paths = Object.keys(procedureCases).filter((path) => procedureCases[path]?.kind !== "link");

test.each(paths)("%s rejects input that it does not have", async (path) => {
  const { kind, own } = procedureCases[path] ?? { kind: "staff", own: () => undefined };
  const caller: Caller = kind === "portal" ? { kind: "portal", scope: tenant.portal } : owner;
  const input = own(tenant);
  expect(await violationsOf(caller, path, { ...input, madeUp: "x" })).toMatchObject([
    { code: "unknown_field", field: "madeUp" },
  ]);
});

describe("an unknown filter is rejected by name, with the nearest known one", () => {
  test.each(["events.list", "events.count", "events.histogram", "exports.request", "exports.estimate"])(
    "%s",
    async (path) => {
      const send = (filters: object) => violationsOf(owner, path, { ...of(tenant), filters: { ...range, ...filters } });
      expect(await send({ action: ["a"] })).toMatchObject([
        { field: "filters.action", message: "is unknown; did you mean 'actions'?" },
      ]);
      expect(await send({ target_ids: ["a"] })).toMatchObject([
        { field: "filters.target_ids", message: "is unknown; did you mean 'targetIds'?" },
      ]);
      expect(await send({ exclude: { actorName: ["a"] } })).toMatchObject([
        { field: "filters.exclude.actorName", message: "is unknown; did you mean 'actorNames'?" },
      ]);
      expect(await send({ actions: ["a"], exclude: { actorTypes: ["system"] }, search: "x" })).toBeNull();
    },
  );
});

test("the fields that React Query adds to a list are accepted", async () => {
  const input = { ...of(tenant), filters: range, cursor: null, direction: "forward" };
  expect(await violationsOf(owner, "events.list", input)).toBeNull();
});
