import { randomBytes } from "node:crypto";
import { percentiles } from "@/bench/report";
import { pick, sampleEvent } from "@/bench/sample-event";
import { sendRequests } from "./http-connection";
import type { Load, Outcome } from "./load-types";

// The senders run in a separate process, so that they don't share the server's thread.
const load = JSON.parse(process.argv[2] ?? "") as Load;
const run = randomBytes(6).toString("hex");
let made = 0;

function event() {
  return sampleEvent(load.organizationIds[pick(load.organizationIds.length)], `${run}${made}`);
}

function newKey(): string {
  made += 1;
  return `${run}-${made}`;
}

function request(): string {
  const key = newKey();
  const batch = load.batch > 1;
  const body = JSON.stringify(
    batch ? Array.from({ length: load.batch }, () => ({ ...event(), idempotency_key: newKey() })) : event(),
  );
  const head = [
    `POST /audit_logs/events${batch ? "/batch" : ""} HTTP/1.1`,
    `host: 127.0.0.1:${load.port}`,
    `authorization: Bearer ${load.secret}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    ...(batch ? [] : [`idempotency-key: ${key}`]),
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

const latencies: number[] = [];
const started = performance.now();
const deadline = started + load.seconds * 1000;
const next = () => (performance.now() < deadline ? request() : null);
const wanted = load.batch > 1 ? 200 : 201;

await Promise.all(
  Array.from({ length: load.connections }, () =>
    sendRequests(load.port, next, (status, body, milliseconds) => {
      if (status !== wanted || body.includes('"refused"')) throw new Error(`Status ${status}: ${body.slice(0, 500)}`);
      latencies.push(milliseconds);
    }),
  ),
);
const seconds = (performance.now() - started) / 1000;
const events = latencies.length * load.batch;
const { user, system } = process.cpuUsage();
const outcome: Outcome = {
  events,
  perSecond: events / seconds,
  latency: percentiles(latencies),
  cores: (user + system) / 1e6 / seconds,
};
process.send?.(outcome);
process.disconnect();
