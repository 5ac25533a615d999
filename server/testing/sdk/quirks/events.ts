import * as read from "@/server/testing/sdk/readers";
import type { Quirk } from "./quirk";

const EVENTS = "/audit_logs/events";

/** Compact JSON of an event for ORG, as most SDKs write it. */
const event = (rest: string) => `{"organization_id":"ORG","event":{${rest}}}`;
const parties = `"actor":{"id":"user_1","type":"user"},"targets":[{"id":"team_1","type":"team"}],"context":{"location":"1.1.1.1"}`;
const at = (time: string) => ({ occurred_at: new Date(time) });

export const eventQuirks: readonly Quirk[] = [
  {
    sdk: "Python 1",
    quirk: "sends a time without zone and with microseconds, spaces in the JSON, and escapes non-ASCII characters",
    send: [
      "POST",
      EVENTS,
      `{"organization_id": "ORG", "event": {"action": "py1.naive", "occurred_at": "2026-09-15T12:00:00.123456", "actor": {"id": "u", "type": "user", "name": "S\\u00f8ren"}, "targets": [{"id": "t", "type": "team"}], "context": {"location": "1.1.1.1"}}}`,
    ],
    status: 201,
    reads: read.success,
    stores: [{ ...at("2026-09-15T12:00:00.123Z"), actor_name: "Søren" }],
  },
  {
    sdk: "Python 5",
    quirk: "sends a lower-case header name, as HTTP allows",
    send: [
      "POST",
      EVENTS,
      event(`"action":"py5.keyed","occurred_at":"2026-09-15T12:00:00+00:00",${parties},"metadata":null`),
    ],
    headers: [["idempotency-key", "py5-key"]],
    status: 201,
    reads: read.success,
    stores: [at("2026-09-15T12:00:00.000Z")],
  },
  {
    sdk: "Python 10",
    quirk: "sends a key with every POST, so an event is stored once",
    send: ["POST", EVENTS, event(`"action":"py10.keyed","occurred_at":"2026-09-15T12:00:00.123456+00:00",${parties}`)],
    headers: [["Idempotency-Key", "0b2c8a8e-8a3a-4a52-9d53-0d9b64f1a7b1"]],
    status: 201,
    reads: read.success,
    stores: [at("2026-09-15T12:00:00.123Z")],
  },
  {
    sdk: "Ruby 10",
    quirk: "sends nil as null and empty metadata as an object",
    send: [
      "POST",
      EVENTS,
      event(
        `"action":"ruby10.nil","occurred_at":"2026-09-15T14:00:00.123456789+02:00","version":null,"actor":{"id":"u","type":"user","name":null,"metadata":{}},"targets":[{"id":"t","type":"team","name":null,"metadata":{}}],"context":{"location":"1.1.1.1","user_agent":null},"metadata":{}`,
      ),
    ],
    status: 201,
    reads: read.success,
    stores: [{ ...at("2026-09-15T12:00:00.123Z"), version: 1, actor_name: null, user_agent: null }],
  },
  {
    sdk: "Go 3",
    quirk: "sends empty strings for absent values, and nanoseconds with the local offset",
    send: [
      "POST",
      EVENTS,
      event(
        `"action":"go3.zero","occurred_at":"2026-09-15T14:00:00.123456789+02:00","actor":{"id":"u","name":"","type":"user"},"targets":[{"id":"t","name":"","type":"team"}],"context":{"location":"1.1.1.1","user_agent":""}`,
      ),
    ],
    status: 201,
    reads: read.success,
    stores: [{ ...at("2026-09-15T12:00:00.123Z"), version: 1, actor_name: null, user_agent: null }],
  },
  {
    sdk: "Go 6",
    quirk: "sends the same key when it retries, so an event is stored once",
    send: [
      "POST",
      EVENTS,
      event(
        `"action":"go6.keyed","occurred_at":"2026-09-15T12:00:00Z","actor":{"id":"u","name":"","type":"user"},"targets":[{"id":"t","name":"","type":"team"}],"context":{"location":"1.1.1.1","user_agent":""}`,
      ),
    ],
    headers: [["Idempotency-Key", "workos-go-6f9619ff-8b86-d011-b42d-00cf4fc964ff"]],
    status: 201,
    reads: read.success,
    stores: [at("2026-09-15T12:00:00.000Z")],
  },
  {
    sdk: "PHP 4",
    quirk: "sends [] for an empty map, dates with an offset and no fraction, and no key",
    send: [
      "POST",
      EVENTS,
      event(
        `"action":"php4.list","occurred_at":"2026-09-15T12:00:00+00:00","actor":{"id":"u","type":"user","metadata":[]},"targets":[{"id":"t","type":"team","metadata":[]}],"context":{"location":"1.1.1.1"},"metadata":[]`,
      ),
    ],
    status: 201,
    reads: read.success,
    stores: [at("2026-09-15T12:00:00.000Z")],
  },
  {
    sdk: "PHP 9",
    quirk: "sends null for version, metadata, name and user agent, and milliseconds with an offset",
    send: [
      "POST",
      EVENTS,
      event(
        `"action":"php9.null","actor":{"id":"u","type":"user","metadata":null,"name":null},"occurred_at":"2026-09-15T12:00:00.123+00:00","targets":[{"id":"t","type":"team","metadata":null,"name":null}],"context":{"location":"1.1.1.1","user_agent":null},"metadata":null,"version":null`,
      ),
    ],
    status: 201,
    reads: read.success,
    stores: [{ ...at("2026-09-15T12:00:00.123Z"), version: 1, user_agent: null }],
  },
  {
    sdk: "Java 4",
    quirk: "sends version 1 if none is set",
    send: [
      "POST",
      EVENTS,
      event(
        `"action":"java4.one","occurred_at":"2026-09-15T12:00:00.000Z","version":1,"actor":{"id":"u","type":"user","name":null,"metadata":null},"targets":[{"id":"t","type":"team","name":null,"metadata":null}],"context":{"location":"1.1.1.1","user_agent":null},"metadata":{"count":"2"}`,
      ),
    ],
    status: 201,
    reads: read.success,
    stores: [{ ...at("2026-09-15T12:00:00.000Z"), version: 1 }],
  },
  {
    sdk: "Java 4",
    quirk: "needs a message and a list of objects in a 400",
    send: [
      "POST",
      EVENTS,
      event(`"action":"user.signed_in","occurred_at":"2026-09-15T12:00:00.000Z","version":7,${parties}`),
    ],
    status: 400,
    reads: read.failure.required({ errors: true }),
  },
  {
    sdk: "Java 7",
    quirk: "sends nanoseconds, and null for absent values",
    send: [
      "POST",
      EVENTS,
      event(
        `"action":"java7.nanos","occurred_at":"2026-09-15T12:00:00.123456789Z","actor":{"id":"u","type":"user","name":null,"metadata":null},"targets":[{"id":"t","type":"team","name":null,"metadata":null}],"context":{"location":"1.1.1.1","user_agent":null},"metadata":null,"version":null`,
      ),
    ],
    headers: [["Idempotency-Key", "retry-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]],
    status: 201,
    reads: read.success,
    stores: [at("2026-09-15T12:00:00.123Z")],
  },
  {
    sdk: ".NET 2",
    quirk: "sends version 0 if none is set, and seven digits with the local offset",
    send: [
      "POST",
      EVENTS,
      event(`"action":"net2.zero","occurred_at":"2026-09-15T14:00:00.1234567+02:00","version":0,${parties}`),
    ],
    status: 201,
    reads: read.success,
    stores: [{ ...at("2026-09-15T12:00:00.123Z"), version: 1 }],
  },
  {
    sdk: ".NET 2",
    quirk: "sends seven digits and no zone, which means UTC",
    send: [
      "POST",
      EVENTS,
      event(`"action":"net2.zoneless","occurred_at":"2026-09-15T12:00:00.1234567","version":0,${parties}`),
    ],
    status: 201,
    reads: read.success,
    stores: [at("2026-09-15T12:00:00.123Z")],
  },
  {
    sdk: ".NET 2",
    quirk: "needs JSON for an unknown route, because any other body crashes the process",
    send: ["POST", "/audit_logs/nothing", "{}"],
    status: 404,
    reads: read.failure,
  },
  {
    sdk: ".NET 6",
    quirk: "sends no version, and a key with every POST",
    send: [
      "POST",
      EVENTS,
      event(`"action":"net6.keyed","occurred_at":"2026-09-15T12:00:00.1234567+00:00",${parties},"version":null`),
    ],
    headers: [["Idempotency-Key", "5f2b1c9e-0a46-4c3d-8f5a-2d7f0e6b9a11"]],
    status: 201,
    reads: read.success,
    stores: [at("2026-09-15T12:00:00.123Z")],
  },
  {
    sdk: ".NET 6",
    quirk: "needs objects as the errors of a 422 and a string as its message",
    send: ["POST", EVENTS, event(`"action":null,"occurred_at":"2026-09-15T12:00:00.1234567+00:00",${parties}`)],
    status: 422,
    reads: read.unprocessable,
  },
];
