import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { z } from "zod";
import { exampleEvent } from "@/schemas/events/event-body";
import { functionProblems } from "@/server/domain/operations/function-registration";
import { requestExport } from "@/server/domain/exports/request-export";
import { eventFilters } from "@/schemas/events/event-filters";
import { serveApi } from "@/server/testing/serve-api";
import { YEAR } from "@/server/testing/run-export";
import { test } from "@/server/testing/rest-fixtures";

const dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })).min(10),
});

/** Words of Prometheus' language that look like metrics. */
const METRIC = /\b(?:trailport|process|nodejs)_[a-z0-9_]+|\bup\b/g;

/** The expressions of the alert rules. */
function expressionsOf(alerts: string): string[] {
  return [...alerts.matchAll(/^ +expr: (>-\n(?: {10,}.*\n)+|.*\n)/gm)].map(([, expression = ""]) => expression);
}

test("every metric and label of the alert rules and the dashboard exists in /metrics", async ({
  world,
  call,
  organization,
}) => {
  const alerts = await readFile("docs/monitoring/alerts.yaml", "utf8");
  const rules = expressionsOf(alerts);
  expect(rules).toHaveLength([...alerts.matchAll(/- alert:/g)].length);
  const { panels } = dashboard.parse(JSON.parse(await readFile("docs/monitoring/grafana-dashboard.json", "utf8")));
  const expressions = [...rules, ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))];

  await call("POST", "/audit_logs/events", { ...exampleEvent, organization_id: organization.organization.id });
  await requestExport(organization, { filters: eventFilters.parse(YEAR) });
  const freeSpace = () => Promise.resolve({ database: 1, files: 1 });
  const config = { ...world.services.config, metricsToken: "token-for-metrics" };
  const api = await serveApi({ ...world.services, config, freeSpace });
  const response = await fetch(`${api.url}/metrics`, { headers: { authorization: "Bearer token-for-metrics" } });
  const text = await response.text();
  await api.close();
  // Prometheus adds `up` itself.
  const names = new Set(["up", ...[...text.matchAll(/^([a-z_0-9]+)[ {]/gm)].map(([, name]) => name)]);
  const used = new Set(expressions.flatMap((expression) => expression.match(METRIC) ?? []));
  expect([...used].filter((name) => !names.has(name))).toEqual([]);
  expect(used.size).toBeGreaterThan(15);
  for (const expression of expressions)
    for (const [, name = "", labels = ""] of expression.matchAll(/([a-z0-9_]+)\{([^}]*)\}/g))
      for (const [, label = ""] of labels.matchAll(/(\w+)(?:=~?)"/g))
        if (label !== "job")
          expect(text, `${name}{${label}}`).toMatch(new RegExp(`^${name}\\{[^}]*\\b${label}="`, "m"));
});

test("metrics show the age of the oldest unfinished export and problems with Inngest", async ({
  world,
  organization,
}) => {
  await requestExport(organization, { filters: eventFilters.parse(YEAR) });
  await world.services.db.query("UPDATE audit_log_export SET created_at = now() - interval '2 hours'", []);
  const problems = world.services.caches.of(functionProblems);
  const config = { ...world.services.config, metricsToken: "token-for-metrics" };
  const api = await serveApi({ ...world.services, config });
  const metric = async (name: string) => {
    const headers = { authorization: "Bearer token-for-metrics" };
    const text = await (await fetch(`${api.url}/metrics`, { headers })).text();
    return Number(new RegExp(`^trailport_${name} (.*)$`, "m").exec(text)?.[1]);
  };
  expect(await metric("oldest_export_seconds")).toBeGreaterThanOrEqual(7_200);
  expect(await metric("inngest_problems")).toBe(0);
  problems.set("sending", "Inngest rejected INNGEST_EVENT_KEY.");
  expect(await metric("inngest_problems")).toBe(1);
  problems.clear();
  await api.close();
});
