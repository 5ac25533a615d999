import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Metrics } from "@/server/kernel/ports/metrics";

const SECONDS = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Creates the metrics of one process, in Prometheus' text format. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  let waiting = () => ({ events: 0, bytes: 0 });
  let withProcess = false;

  const requests = new Histogram({
    name: "trailport_http_request_duration_seconds",
    help: "Time to respond to a REST request.",
    labelNames: ["route", "method", "status"],
    buckets: SECONDS,
    registers,
  });
  const events = new Counter({
    name: "trailport_events_total",
    help: "Events by result: stored, replayed or failed.",
    labelNames: ["result"],
    registers,
  });
  const unknownFields = new Counter({
    name: "trailport_event_unknown_fields_total",
    help: "Fields of stored events that no event has, so that they were not stored; the response warned their sender.",
    registers,
  });
  const batchSize = new Histogram({
    name: "trailport_ingest_batch_events",
    help: "Events per committed batch.",
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
    registers,
  });
  const batchTime = new Histogram({
    name: "trailport_ingest_batch_duration_seconds",
    help: "Time to commit a batch of events.",
    buckets: SECONDS,
    registers,
  });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `trailport_${name}`, help, labelNames, registers });
  const queue = gauge("ingest_waiting", "Events, and their bytes, that wait for a commit.", ["unit"]);
  const cacheEntries = gauge("cache_entries", "Entries of each cache and budget of this process.", ["cache"]);
  const cacheLookups = new Counter({
    name: "trailport_cache_lookups_total",
    help: "Lookups in each cache of this process, by result: hit or miss.",
    labelNames: ["cache", "result"],
    registers,
  });
  const exports = gauge("exports", "Exports by state.", ["state"]);
  const oldestExport = gauge(
    "oldest_export_seconds",
    "Seconds since the oldest unfinished export was requested, or 0.",
  );
  const problems = gauge("inngest_problems", "Problems with the Inngest server: 1 or more while it rejects Trailport.");
  const runs = gauge("function_runs", "Runs of the embedded runner by state; finished ones are kept for some days.", [
    "state",
  ]);
  const retrying = gauge("function_steps_retrying", "Steps of the embedded runner that failed and will be retried.");
  const heartbeat = gauge(
    "worker_heartbeat_age_seconds",
    "Seconds since the worker last ran a function; it runs one every minute.",
  );
  const freeSpace = gauge("free_bytes", "Free bytes on the disk of the database and of the export files.", ["disk"]);

  return {
    request: ({ route, method, status }, seconds) =>
      requests.observe({ route, method, status: String(status) }, seconds),
    batch(count, seconds) {
      batchSize.observe(count);
      batchTime.observe(seconds);
    },
    events: (result, count) => events.inc({ result }, count),
    unknownFields: (count) => unknownFields.inc(count),
    watchQueue: (read) => void (waiting = read),
    async render(workload, caches) {
      // Not before the first read: these metrics start timers and observers.
      if (!withProcess) collectDefaultMetrics({ register: registry });
      withProcess = true;
      for (const [unit, value] of Object.entries(waiting())) queue.set({ unit }, value);
      // The caches count by themselves.
      cacheLookups.reset();
      for (const { name, entries, hits, misses } of caches) {
        cacheEntries.set({ cache: name }, entries);
        if (hits !== undefined) cacheLookups.inc({ cache: name, result: "hit" }, hits);
        if (misses !== undefined) cacheLookups.inc({ cache: name, result: "miss" }, misses);
      }
      exports.reset();
      for (const { state, count } of workload.exports) exports.set({ state }, count);
      oldestExport.set(workload.oldestExportSeconds);
      problems.set(workload.functionProblems);
      for (const [state, count] of Object.entries(workload.runs)) runs.set({ state }, count);
      retrying.set(workload.stepsRetrying);
      heartbeat.set(workload.heartbeatSeconds);
      freeSpace.reset();
      for (const [disk, bytes] of Object.entries(workload.freeSpace))
        if (bytes !== null) freeSpace.set({ disk }, bytes);
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
