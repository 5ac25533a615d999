import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { exportCurl } from "@/components/organizations/curl-commands";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { expect, test } from "./fixtures";

const run = promisify(execFile);
const range = { from: new Date("2026-01-01T00:00:00.000Z"), to: new Date("2026-02-01T00:00:00.000Z") };

const cases: Record<string, EventFiltersInput> = {
  "filters of the REST API": {
    ...range,
    actions: ["user.signed_in"],
    actorNames: ["Pat O'Neill"],
    actorTypes: ["user"],
    targetTypes: ["team"],
  },
  "filters of the dashboard only": {
    ...range,
    actorIds: ["user_1"],
    targetIds: ["team_'1'"],
    exclude: { actions: ["user.signed_in"] },
    search: "it's",
  },
};

for (const [name, filters] of Object.entries(cases)) {
  test(`the command copied for ${name} requests the same export as the screen`, async ({ trailport, request }) => {
    const command = exportCurl(trailport.url, trailport.organization_id, filters);
    const env = { ...process.env, TRAILPORT_API_KEY: trailport.api_key };
    const { stdout } = await run("bash", ["-c", command], { env });
    const id = /audit_log_export_\w+/.exec(stdout)?.[0];
    expect(id, stdout).toBeDefined();
    const input = JSON.stringify({ json: { organizationId: trailport.organization_id, exportId: id } });
    const answer = await request.get(`/api/trpc/exports.byId?input=${encodeURIComponent(input)}`, {
      headers: { authorization: `Bearer ${trailport.api_key}` },
    });
    expect(await answer.json()).toMatchObject({
      result: {
        data: { json: { filters: { ...filters, from: range.from.toISOString(), to: range.to.toISOString() } } },
      },
    });
  });
}
