import { expect } from "vitest";
import { exampleEvent } from "@/schemas/events/event-body";
import { requestExport } from "@/server/domain/exports/request-export";
import { serveApi } from "@/server/testing/serve-api";
import { YEAR } from "@/server/testing/run-export";
import { eventFilters } from "@/schemas/events/event-filters";
import { test } from "@/server/testing/rest-fixtures";

const TOKEN = "token-for-metrics";

test("metrics need METRICS_TOKEN as the bearer token and return 404 if it is not set", async ({ world, call }) => {
  expect((await call("GET", "/metrics")).status).toBe(404);
  const config = { ...world.services.config, metricsToken: TOKEN };
  const api = await serveApi({ ...world.services, config });
  const status = async (authorization?: string) =>
    (await fetch(`${api.url}/metrics`, { ...(authorization && { headers: { authorization } }) })).status;
  expect(await Promise.all([status(), status("Bearer another"), status(`Bearer ${TOKEN}x`)])).toEqual([401, 401, 401]);
  await api.close();
});

test("metrics cover requests, events and their commits, exports and functions", async ({
  world,
  call,
  organization,
}) => {
  const body = { ...exampleEvent, organization_id: organization.organization.id };
  const key = { "idempotency-key": "the same" };
  await call("POST", "/audit_logs/events", body, key);
  await call("POST", "/audit_logs/events", body, key);
  const unknown = { ...body, event: { ...body.event, occurred_at: "yesterday", userAgent: "x" }, id: 1 };
  await call("POST", "/audit_logs/events", unknown);
  await call("POST", "/audit_logs/events", { ...body, event: { ...body.event, userAgent: "x", ip: "y" } });
  await call("GET", "/audit_logs/exports/audit_log_export_unknown");
  await requestExport(organization, { filters: eventFilters.parse(YEAR) });
  const config = { ...world.services.config, metricsToken: TOKEN };
  const api = await serveApi({ ...world.services, config });
  const response = await fetch(`${api.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=/);
  const text = await response.text();
  for (const line of [
    'trailport_events_total{result="stored"} 2',
    "trailport_event_unknown_fields_total 2",
    'trailport_events_total{result="replayed"} 1',
    "trailport_ingest_batch_events_count 3",
    "trailport_ingest_batch_duration_seconds_count 3",
    'trailport_ingest_waiting{unit="events"} 0',
    'trailport_http_request_duration_seconds_count{route="/audit_logs/events",method="POST",status="201"} 3',
    'trailport_http_request_duration_seconds_count{route="/audit_logs/exports/{id}",method="GET",status="404"} 1',
    'trailport_exports{state="pending"} 1',
    'trailport_function_runs{state="failed"} 0',
    "trailport_function_steps_retrying 0",
  ]) {
    expect(text.split("\n")).toContain(line);
  }
  expect(text).toMatch(/trailport_worker_heartbeat_age_seconds \d/);
  expect(text).toContain("process_resident_memory_bytes");
  await api.close();
});
