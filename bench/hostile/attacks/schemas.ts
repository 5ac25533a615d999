import type { Attack } from "@/bench/hostile/attack";
import { LARGE_SCHEMAS, largeSchema } from "@/bench/hostile/large-schemas";
import { sampleEvent } from "@/bench/sample-event";

const LOOPS = 4;

/** Sends, by turns, a schema that is larger than allowed, and events that name each version of the stored large schemas. */
export async function sendLargeSchemas(attack: Attack): Promise<void> {
  const { secret, organizationId } = attack.target;
  const [{ action, properties }] = LARGE_SCHEMAS;
  const schema = JSON.stringify({ targets: [{ type: "document" }], metadata: largeSchema(properties) });
  const events = LARGE_SCHEMAS.flatMap(({ action, versions }) =>
    Array.from({ length: versions }, (_, n) => {
      const { event, ...rest } = sampleEvent(organizationId, `schema_${n}`, action);
      return JSON.stringify({ ...rest, event: { ...event, version: n + 1 } });
    }),
  );
  let requests = 0;
  await attack.loop(LOOPS, () => {
    requests += 1;
    const event = events[requests % (events.length + 1)];
    const path = event === undefined ? `/audit_logs/actions/${action}/schemas` : "/audit_logs/events";
    return { method: "POST", path, headers: { authorization: `Bearer ${secret}` }, body: event ?? schema };
  });
}
