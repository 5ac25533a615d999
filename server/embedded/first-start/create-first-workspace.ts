import { randomBytes } from "node:crypto";
import { DEMO_ORGANIZATIONS, demoEvents } from "@/prisma/seed/demo-data";
import { newOrganization } from "@/schemas/organizations/organization";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { recordEvent } from "@/server/domain/events/ingest/record-event";
import { createOrganization } from "@/server/domain/organizations/create-organization";
import { scopeToOrganization } from "@/server/domain/organizations/scope-to-organization";
import { hashPassword } from "@/server/domain/workspaces/passwords";
import { newId } from "@/server/kernel/ids";
import type { EnvironmentScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

export interface FirstCredentials {
  readonly email: string;
  readonly password: string;
  readonly apiKey: string;
  readonly organizationId: string;
}

const OWNER_EMAIL = "owner@trailport.local";
const KEY_NAME = "First start";

/**
 * Creates what a new installation needs before anyone can use it: a workspace, its owner, two environments, an API key
 * and one organization, or with `demoData` three organizations with events. Can be repeated after an interruption: it
 * keeps what exists, but replaces the owner's password and the key, which no one has seen yet.
 */
export async function createFirstWorkspace(
  services: Services,
  options: { readonly demoData: boolean },
): Promise<FirstCredentials> {
  const password = randomBytes(12).toString("base64url");
  const environment = await ensureWorkspace(services, await hashPassword(password));
  const scope: EnvironmentScope = {
    ...services,
    environment,
    principal: { type: "system", id: "system", name: "First start" },
  };
  await scope.db.prisma.apiKey.deleteMany({ where: { environmentPk: environment.pk, name: KEY_NAME } });
  const { secret } = await createApiKey(scope, { name: KEY_NAME });
  const organizationId = await ensureOrganizations(scope, options.demoData);
  return { email: OWNER_EMAIL, password, apiKey: secret, organizationId };
}

async function ensureWorkspace(
  { db: { prisma }, now: clock }: Services,
  passwordHash: string,
): Promise<EnvironmentScope["environment"]> {
  const now = clock();
  await prisma.$transaction(async (tx) => {
    if (await tx.workspace.findFirst()) return;
    await tx.workspace.create({
      data: {
        id: newId("workspace", now),
        name: "My company",
        members: { create: { id: newId("member", now), email: OWNER_EMAIL, name: "Owner", role: "owner" } },
        environments: {
          create: [
            { id: newId("environment", now), name: "Staging", kind: "staging" },
            { id: newId("environment", now), name: "Production", kind: "production" },
          ],
        },
      },
    });
  });
  await prisma.member.updateMany({ where: { email: OWNER_EMAIL }, data: { passwordHash, sessionsFrom: now } });
  const { workspace, ...environment } = await prisma.environment.findFirstOrThrow({
    where: { kind: "staging" },
    orderBy: { pk: "asc" },
    select: { pk: true, id: true, name: true, kind: true, strictActions: true, workspace: { select: { name: true } } },
  });
  return { ...environment, workspaceName: workspace.name };
}

async function ensureOrganizations(scope: EnvironmentScope, demoData: boolean): Promise<string> {
  const ids: string[] = [];
  const wanted = demoData
    ? DEMO_ORGANIZATIONS
    : [{ name: "My first customer", externalId: "first-customer", domain: null }];
  for (const { name, externalId, domain } of wanted) {
    const existing = await scope.db.prisma.organization.findFirst({
      where: { environmentPk: scope.environment.pk, externalId },
    });
    const domains = domain === null ? [] : [{ domain, state: "verified" as const }];
    ids.push(
      existing?.id ?? (await createOrganization(scope, newOrganization.parse({ name, externalId, domains }))).id,
    );
  }
  if (demoData)
    await Promise.all(DEMO_ORGANIZATIONS.map((each, index) => recordDemoEvents(scope, each, ids[index] ?? "")));
  return ids[0] ?? "";
}

async function recordDemoEvents(
  scope: EnvironmentScope,
  demo: (typeof DEMO_ORGANIZATIONS)[number],
  organizationId: string,
): Promise<void> {
  const organization = await scopeToOrganization(scope, organizationId);
  // Rounded to the hour, so that a repeated start sends the same events as the one that was interrupted a minute ago.
  const hour = new Date(Math.floor(scope.now().getTime() / 3_600_000) * 3_600_000);
  await Promise.all(
    demoEvents(demo, hour).map((event, index) => recordEvent(organization, event, { idempotencyKey: `demo-${index}` })),
  );
}
