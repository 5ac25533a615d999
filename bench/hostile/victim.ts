import { randomBytes } from "node:crypto";
import { Agent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { percentiles } from "@/bench/report";
import { sampleEvent } from "@/bench/sample-event";
import { send } from "./http-client";
import type { VictimOutcome, VictimStart } from "./message-types";

/** Events per second: more would reach the limit of an environment's requests per minute. */
const RATE = 80;
const SENDERS = 16;
/** Senders that open a connection for each event, as serverless functions do. */
const NEW_CONNECTIONS = 4;
/** Milliseconds. */
const TIMEOUT = 10_000;

// The parent process passes it as JSON.
const { port, secret, organizationId } = JSON.parse(process.argv[2] ?? "") as VictimStart;
const kept = new Agent({ keepAlive: true });
const run = randomBytes(6).toString("hex");
let sent = 0;

/** Sends an event. Returns the status, or the code of an error. */
function sendEvent(agent: Agent | false): Promise<string> {
  sent += 1;
  return send({
    port,
    agent,
    method: "POST",
    path: "/audit_logs/events",
    headers: { authorization: `Bearer ${secret}` },
    signal: AbortSignal.timeout(TIMEOUT),
    body: JSON.stringify(sampleEvent(organizationId, `${run}${sent}`)),
  });
}

/**
 * Sends events at a constant rate, whatever the responses take. An event that has to wait for the sender's last response
 * is measured from when it should have been sent, or else a server that stands still would only delay the measurement.
 */
async function measure(seconds: number): Promise<VictimOutcome> {
  const latencies: number[] = [];
  const errors: Record<string, number> = {};
  const began = performance.now();
  const work = async (sender: number) => {
    const agent = sender < NEW_CONNECTIONS ? false : kept;
    for (let due = began + (sender * 1000) / RATE; due < began + seconds * 1000; due += (SENDERS * 1000) / RATE) {
      const early = due - performance.now();
      if (early > 0) await pause(early);
      const from = early > 0 ? performance.now() : due;
      const status = await sendEvent(agent);
      latencies.push(performance.now() - from);
      if (status !== "201") errors[status] = (errors[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, (_, sender) => work(sender)));
  return { latency: percentiles(latencies), errors };
}

process.on("message", (seconds: number) => void measure(seconds).then((outcome) => process.send?.(outcome)));
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
