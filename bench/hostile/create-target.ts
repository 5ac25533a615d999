import { setTimeout as pause } from "node:timers/promises";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { createPortalLink } from "@/server/domain/portal/portal-links";
import { redeemPortalLink } from "@/server/domain/portal/portal-sessions";
import { portalCookies } from "@/server/auth/portal-session";
import { ALL_TIME } from "@/schemas/limits";
import type { OrganizationScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";
import { createEnvironment, createOrganization, seedEvents } from "@/server/testing/factories";
import { newId } from "@/server/kernel/ids";
import { detailsOf, type AttackName } from "./attack-list";
import { LARGE_SCHEMAS, largeSchema } from "./large-schemas";
import type { Target, VictimStart } from "./message-types";

const MONTH = 30 * 86_400_000;

/** Creates the victim's environment. */
export async function createVictim(services: Services, port: number): Promise<VictimStart> {
  const organization = await createOrganization(await createEnvironment(services));
  const { secret } = await createApiKey(organization, { name: "Victim" });
  return { port, secret, organizationId: organization.organization.id };
}

/** Creates an environment for an attack, with everything that the attack needs. `number` is different for each. */
export async function createTarget(
  services: Services,
  port: number,
  name: AttackName,
  number: number,
): Promise<Target> {
  const { events = 0, needsExport = false, needsLargeSchemas = false } = detailsOf(name);
  const organization = await createOrganization(await createEnvironment(services));
  const { secret } = await createApiKey(organization, { name });
  const now = Date.now();
  const range = { from: new Date(now - MONTH), to: new Date(now) };
  if (events > 0) await seedEvents(organization, { count: events, ...range, seed: 1 });
  if (needsLargeSchemas) await storeLargeSchemas(organization);
  return {
    port,
    localAddress: process.platform === "linux" ? `127.0.0.${10 + number}` : undefined,
    secret,
    organizationId: organization.organization.id,
    portal: await openPortal(organization),
    download: needsExport ? await exportAll(port, secret, organization.organization.id) : null,
  };
}

/** Starts a portal session; returns its headers. */
async function openPortal(scope: OrganizationScope): Promise<Record<string, string>> {
  const { link } = await createPortalLink(scope, { intent: "audit_logs", returnUrl: null, successUrl: null });
  const session = await redeemPortalLink(scope, new URL(link).searchParams.get("token") ?? "");
  if (typeof session === "string") throw new Error(`The portal link is ${session}.`);
  const [cookie = ""] = portalCookies(scope.config, session, null);
  const key = session.id.replace("portal_session_", "");
  return { cookie: cookie.split(";", 1)[0] ?? "", "x-trailport-portal-session": key };
}

/** Stores schemas that the API no longer accepts. */
async function storeLargeSchemas({ db, environment, now }: OrganizationScope): Promise<void> {
  for (const { action, versions, properties } of LARGE_SCHEMAS) {
    const versionsOf = Array.from({ length: versions }, (_, n) => ({
      id: newId("als", now()),
      version: n + 1,
      targets: [],
      metadata: largeSchema(properties),
    }));
    const id = newId("ala", now());
    const data = { id, environmentPk: environment.pk, name: action, schemas: { create: versionsOf } };
    await db.prisma.action.create({ data });
  }
}

/** Exports all events of the organization. Returns the path of the file's URL. */
async function exportAll(port: number, secret: string, organizationId: string): Promise<string> {
  const call = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
    const response = await fetch(`http://127.0.0.1:${port}/audit_logs/exports${path}`, { ...init, headers });
    // A response of the API that runs next to this process.
    return (await response.json()) as { id: string; state: string; url?: string };
  };
  const body = JSON.stringify({ organization_id: organizationId, range_start: ALL_TIME.from, range_end: ALL_TIME.to });
  const { id } = await call("", { method: "POST", body });
  for (;;) {
    const { state, url } = await call(`/${id}`);
    if (state === "error") throw new Error("The export failed.");
    if (url !== undefined) return new URL(url).pathname + new URL(url).search;
    await pause(200);
  }
}
