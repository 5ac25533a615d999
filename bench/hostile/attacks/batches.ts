import { randomBytes } from "node:crypto";
import type { Attack } from "@/bench/hostile/attack";
import type { HttpRequest } from "@/bench/hostile/http-client";
import { sampleEvent } from "@/bench/sample-event";

const LOOPS = 4;
/** The most events that a batch can have. */
const EVENTS = 1_000;

/** Sends batches whose events have each field wrong. */
export async function sendMalformedBatches(attack: Attack): Promise<void> {
  const wrong = { id: 1, type: [], name: {}, metadata: { a: null, b: [], c: {} } };
  const event = {
    action: 1,
    occurred_at: "never",
    version: "x",
    actor: wrong,
    targets: [wrong, wrong],
    context: 5,
    metadata: wrong,
  };
  const malformed = { organization_id: attack.target.organizationId, event };
  const body = JSON.stringify(Array.from({ length: EVENTS }, () => malformed));
  await attack.loop(LOOPS, () => batch(attack, body));
}

/** Sends batches whose events have an action each that no event had before. */
export async function sendNewActions(attack: Attack): Promise<void> {
  await attack.loop(LOOPS, () => {
    const run = randomBytes(8).toString("hex");
    const events = Array.from({ length: EVENTS }, (_, n) =>
      sampleEvent(attack.target.organizationId, run, `hostile.${run}_${n}`),
    );
    return batch(attack, JSON.stringify(events));
  });
}

function batch({ target }: Attack, body: string): HttpRequest {
  return {
    method: "POST",
    path: "/audit_logs/events/batch",
    headers: { authorization: `Bearer ${target.secret}` },
    body,
  };
}
