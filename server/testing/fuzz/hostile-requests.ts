import type { OrganizationScope } from "@/server/kernel/scopes";
import { documentedRoutes } from "@/server/rest/routes";
import type { RawRequest } from "@/server/testing/sdk/raw-request";
import { anEvent, createOrganization, storeEvents } from "@/server/testing/factories";
import { request, runExport } from "@/server/testing/run-export";
import { hostileHeaders, hostilePart, hostileQuery, spoiledBody } from "./hostile-parts";
import { cursors, eventIds, hostileAuthorizations, timestamps } from "./hostile-values";
import type { Random } from "./random";

/** One method of one path, also one that the path does not have. */
export interface Target {
  readonly method: string;
  readonly path: string;
  /** A body that is accepted unchanged. */
  readonly example: unknown;
}

export const targets: readonly Target[] = documentedRoutes.flatMap(({ path, operations }) => [
  ...Object.entries(operations).map(([method, { documentation }]): Target => ({
    method,
    path,
    example: documentation.example,
  })),
  { method: "PATCH", path, example: {} },
  { method: "HEAD", path, example: undefined },
]);

/** IDs of existing data for the names in paths and bodies, so that hostile requests get past the lookup. */
export async function idsOf(organization: OrganizationScope): Promise<Record<string, string>> {
  const exportId = await request(organization);
  await runExport(organization, exportId);
  const doomed = await createOrganization(organization, "Doomed");
  const [eventId = ""] = await storeEvents(organization, [anEvent()]);
  return {
    organization_id: organization.organization.id,
    organization: organization.organization.id,
    id: organization.organization.id,
    exportId,
    eventId,
    doomed: doomed.organization.id,
    name: "document.updated",
  };
}

function withIds(example: unknown, ids: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(example)) return example.map((item: unknown) => withIds(item, ids));
  if (example === null || typeof example !== "object") return example;
  return Object.fromEntries(
    Object.entries(example).map(([key, value]) => [
      key,
      key.startsWith("organization") && ids[key] ? ids[key] : withIds(value, ids),
    ]),
  );
}

/** Generates a request to a target with faults in one or more of its path, query, headers and body. */
export function hostileRequest(
  random: Random,
  target: Target,
  key: string,
  ids: Readonly<Record<string, string>>,
): RawRequest {
  const id = ids[idNameOf(target)];
  const path = target.path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => (random.chance(0.3) ? undefined : name === "id" ? id : ids[name]) ?? hostilePart(random),
  );
  const within = random.chance(0.5) ? `organization_id=${ids["organization_id"]}&` : "";
  const query = random.chance(target.method === "GET" ? 0.8 : 0.2) ? `?${within}${hostileQuery(random)}` : "";
  const authorization = random.chance(0.08) ? random.pick(hostileAuthorizations) : `Bearer ${key}`;
  const hasBody = !["GET", "HEAD"].includes(target.method) || random.chance(0.05);
  const json = hasBody ? spoiledBody(random, withIds(target.example ?? {}, ids)) : undefined;
  const body =
    json !== undefined && random.chance(0.04)
      ? Buffer.concat([Buffer.from(json), Buffer.from([0xc3, 0x28, 0xff])])
      : json;
  const headers = [
    ["Authorization", authorization] as const,
    ["Content-Type", "application/json"] as const,
    ...(random.chance(0.4) ? hostileHeaders(random) : []),
  ];
  return { method: target.method, path: path + query, headers, body };
}

const TIMESTAMP = /(?<=")\d{4}-\d\d-\d\dT[\d:.]+Z(?=")/g;

/** Requests that are valid except for one value at an end of the calendar, so that nothing else is rejected first. */
export function edgeRequests(key: string, ids: Readonly<Record<string, string>>): RawRequest[] {
  const headers = [["Authorization", `Bearer ${key}`] as const, ["Content-Type", "application/json"] as const];
  const sent = targets.flatMap(({ method, path, example }) => {
    const body = JSON.stringify(withIds(example, ids)) ?? "";
    return [...body.matchAll(TIMESTAMP)].flatMap(({ 0: { length }, index }) =>
      timestamps.map((timestamp) => ({
        method,
        path,
        headers,
        body: body.slice(0, index) + timestamp + body.slice(index + length),
      })),
    );
  });
  const list = `/audit_logs/events?organization_id=${ids["organization_id"]}`;
  const paths = [
    ...["range_start", "range_end"].flatMap((name) =>
      timestamps.map((timestamp) => `${list}&${name}=${encodeURIComponent(timestamp)}`),
    ),
    ...["after", "before"].flatMap((name) => cursors.map((cursor) => `${list}&${name}=${cursor}`)),
    ...eventIds.map((id) => `/audit_logs/events/${id}`),
  ];
  return [...sent, ...paths.map((path) => ({ method: "GET", path, headers, body: undefined }))];
}

/** The name of the ID in a target's path. A DELETE gets an ID of its own, so that the other data stays. */
function idNameOf({ method, path }: Target): string {
  if (method === "DELETE") return "doomed";
  if (/exports|downloads/.test(path)) return "exportId";
  return path.includes("events") ? "eventId" : "id";
}
