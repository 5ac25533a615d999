import { expect, test } from "vitest";
import type { AuditLogEvent } from "@/schemas/events/event";
import { eventJson } from "./event-json";

test("the drawer shows numbers with the digits that are stored", () => {
  const numbers = [0.1, 1e21, 5e-324, 9_007_199_254_740_991, -3, 0.30000000000000004];
  const metadata = Object.fromEntries(numbers.map((number, n) => [`n${n}`, number]));
  const event: AuditLogEvent = {
    id: "audit_log_event_1",
    action: "a",
    version: 1,
    occurredAt: new Date(0),
    receivedAt: new Date(0),
    actor: { id: "u", type: "user", name: null, metadata },
    targets: [],
    context: { location: "", userAgent: null },
    metadata,
  };
  for (const [key, number] of Object.entries(metadata)) {
    expect(eventJson(event).split(`"${key}": ${String(number)}`)).toHaveLength(3);
  }
});
