import type { z } from "zod";
import * as read from "./readers";
import type { senders } from "./senders";

/** One thing that one SDK does its own way. `ORG`, `SPARE`, `READY` and `PENDING` stand for ids that the test makes. */
export interface Quirk {
  readonly sdk: keyof typeof senders;
  readonly quirk: string;
  readonly send: readonly [method: string, path: string, body?: string];
  readonly more?: readonly (readonly [name: string, value: string])[];
  readonly status: number;
  readonly reads: z.ZodType;
  /** What the log then holds of the event's action, by column. */
  readonly stores?: readonly object[];
  /** The same request a second time makes a second thing, whatever key it carries. */
  readonly repeated?: "another answer";
}

const EVENTS = "/audit_logs/events";
const EXPORTS = "/audit_logs/exports";
const LINK = "/portal/generate_link";

/** Compact JSON of an event for ORG, as most SDKs write it; the rest of the event as it comes. */
const event = (rest: string) => `{"organization_id":"ORG","event":{${rest}}}`;
const parties = `"actor":{"id":"user_1","type":"user"},"targets":[{"id":"team_1","type":"team"}],"context":{"location":"1.1.1.1"}`;
const at = (time: string) => ({ occurred_at: new Date(time) });
const range = `"range_start":"2026-09-01T00:00:00.000Z","range_end":"2026-10-01T00:00:00.000Z"`;

/** What the SDKs do their own way, a row for each. */
export const quirks: readonly Quirk[] = [
  {
    sdk: "Python 1",
    quirk: "a naive time with microseconds, spaces in the JSON, everything beyond ASCII escaped",
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
    sdk: "Python 1",
    quirk: "targets is null where actors are given",
    send: [
      "POST",
      EXPORTS,
      `{"organization_id": "ORG", "range_start": "2026-09-01T00:00:00", "range_end": "2026-10-01T00:00:00", "actors": ["Ada"], "targets": null}`,
    ],
    status: 201,
    reads: read.pendingExport,
  },
  {
    sdk: "Python 1",
    quirk: "the example application sends a text box's value, not a list",
    send: [
      "POST",
      EXPORTS,
      `{"organization_id": "ORG", "range_start": "2026-09-01T00:00:00.123456", "range_end": "2026-10-01T00:00:00.123456", "actions": "user.signed_in", "actors": "Ada Lovelace", "targets": "team"}`,
    ],
    status: 201,
    reads: read.pendingExport,
  },
  {
    sdk: "Python 1",
    quirk: "an error's body has to be an object",
    send: ["GET", `${EXPORTS}/audit_log_export_x`],
    status: 404,
    reads: read.failure,
  },
  {
    sdk: "Python 5",
    quirk: "the idempotency key stands inside the body of a new organization",
    send: [
      "POST",
      "/organizations",
      `{"name":"Py5","domain_data":[{"domain":"py5.example","state":"pending"}],"idempotency_key":"abc","external_id":null,"metadata":null}`,
    ],
    status: 201,
    reads: read.organization,
  },
  {
    sdk: "Python 5",
    quirk: "domains are repeated",
    send: ["GET", "/organizations?domains=acme.example&domains=beta.example&limit=10&order=desc"],
    status: 200,
    reads: read.listOf(read.organization).refine(({ data }) => data.length === 2),
  },
  {
    sdk: "Python 5",
    quirk: "a schema's actor has metadata null",
    send: [
      "POST",
      "/audit_logs/actions/py5.made/schemas",
      `{"targets":[{"type":"team","metadata":{"type":"object","properties":{"size":{"type":"number"}}}}],"actor":{"metadata":null},"metadata":null}`,
    ],
    status: 201,
    reads: read.schema,
  },
  {
    sdk: "Python 5",
    quirk: "an action has a schema, whose properties are of three types",
    send: ["GET", "/audit_logs/actions?limit=10&order=desc"],
    status: 200,
    reads: read.listOf(read.action).refine(({ data }) => data.length > 0),
  },
  {
    sdk: "Python 5",
    quirk: "a pending export has no url",
    send: ["GET", `${EXPORTS}/PENDING`],
    status: 200,
    reads: read.pendingExport,
  },
  {
    sdk: "Python 5",
    quirk: "retention is 30 or 365 days",
    send: ["PUT", "/organizations/SPARE/audit_logs_retention", `{"retention_period_in_days":365}`],
    status: 200,
    reads: read.retention,
  },
  {
    sdk: "Python 5",
    quirk: "the configuration has a number of days, also where nothing was set",
    send: ["GET", "/organizations/ORG/audit_log_configuration"],
    status: 200,
    reads: read.configuration,
  },
  {
    sdk: "Python 5",
    quirk: "the header's name is lower-case, as HTTP allows",
    send: [
      "POST",
      EVENTS,
      event(`"action":"py5.keyed","occurred_at":"2026-09-15T12:00:00+00:00",${parties},"metadata":null`),
    ],
    more: [["idempotency-key", "py5-key"]],
    status: 201,
    reads: read.success,
    stores: [at("2026-09-15T12:00:00.000Z")],
  },
  {
    sdk: "Python 10",
    quirk: "a key on every POST: an event is stored once",
    send: ["POST", EVENTS, event(`"action":"py10.keyed","occurred_at":"2026-09-15T12:00:00.123456+00:00",${parties}`)],
    more: [["Idempotency-Key", "0b2c8a8e-8a3a-4a52-9d53-0d9b64f1a7b1"]],
    status: 201,
    reads: read.success,
    stores: [at("2026-09-15T12:00:00.123Z")],
  },
  {
    sdk: "Python 10",
    quirk: "domains are joined by commas",
    send: ["GET", "/organizations?domains=acme.example%2Cbeta.example&order=desc"],
    status: 200,
    reads: read.listOf(read.organization).refine(({ data }) => data.length === 2),
  },
  {
    sdk: "Python 10",
    quirk: "the retention's key has to be there",
    send: ["GET", "/organizations/ORG/audit_logs_retention"],
    status: 200,
    reads: read.retention,
  },
  {
    sdk: "Python 10",
    quirk: "an organization has every key",
    send: ["GET", "/organizations/ORG"],
    status: 200,
    reads: read.organization,
  },
  {
    sdk: "Ruby 5",
    quirk: "nil addresses of a portal link",
    send: ["POST", LINK, `{"intent":"audit_logs","organization":"ORG","return_url":null,"success_url":null}`],
    status: 201,
    reads: read.link,
  },
  {
    sdk: "Ruby 5",
    quirk: "a list's cursors are read from listMetadata",
    send: ["GET", "/organizations?domains=acme.example&domains=beta.example&limit=1&order=desc"],
    status: 200,
    reads: read
      .listOf(read.organization)
      .refine(({ listMetadata }) => listMetadata.after !== null && listMetadata.before === null),
  },
  {
    sdk: "Ruby 5",
    quirk: "a 422 has a message and field and code of each error",
    send: ["POST", "/organizations", `{"name":""}`],
    status: 422,
    reads: read.unprocessable,
  },
  {
    sdk: "Ruby 5",
    quirk: "the example application sends empty text boxes",
    send: [
      "POST",
      EXPORTS,
      `{"organization_id":"ORG","range_start":"2026-09-01T00:00:00+02:00","range_end":"2026-10-01T00:00:00+02:00","actions":"","actors":"","targets":""}`,
    ],
    status: 201,
    reads: read.pendingExport,
  },
  {
    sdk: "Ruby 10",
    quirk: "nil as null and empty metadata as an object",
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
    sdk: "Ruby 10",
    quirk: "409, which it tries again, only says what is taken",
    send: ["POST", "/organizations", `{"name":"Again","domain_data":[{"domain":"acme.example","state":"verified"}]}`],
    more: [["Idempotency-Key", "retry-1"]],
    status: 409,
    reads: read.failure,
  },
  {
    sdk: "Go 3",
    quirk: "empty texts for what is not set, and nanoseconds with the local offset",
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
    sdk: "Go 3",
    quirk: "empty addresses of a portal link",
    send: ["POST", LINK, `{"intent":"audit_logs","organization":"ORG","return_url":"","success_url":""}`],
    status: 201,
    reads: read.link,
  },
  {
    sdk: "Go 3",
    quirk: "null domains, and the key inside the body of a new organization",
    send: [
      "POST",
      "/organizations",
      `{"name":"Go3","allow_profiles_outside_organization":false,"domains":null,"domain_data":null,"idempotency_key":"abc"}`,
    ],
    status: 201,
    reads: read.organization,
  },
  {
    sdk: "Go 3",
    quirk: "domains[]= for each domain",
    send: ["GET", "/organizations?domains%5B%5D=acme.example&domains%5B%5D=beta.example&limit=10&order=desc"],
    status: 200,
    reads: read.listOf(read.organization).refine(({ data }) => data.length === 2),
  },
  {
    sdk: "Go 3",
    quirk: "a GET has a content type and no body",
    send: ["GET", `${EXPORTS}/READY`],
    status: 200,
    reads: read.readyExport,
  },
  {
    sdk: "Go 6",
    quirk: "the same key when it tries again: stored once",
    send: [
      "POST",
      EVENTS,
      event(
        `"action":"go6.keyed","occurred_at":"2026-09-15T12:00:00Z","actor":{"id":"u","name":"","type":"user"},"targets":[{"id":"t","name":"","type":"team"}],"context":{"location":"1.1.1.1","user_agent":""}`,
      ),
    ],
    more: [["Idempotency-Key", "workos-go-6f9619ff-8b86-d011-b42d-00cf4fc964ff"]],
    status: 201,
    reads: read.success,
    stores: [at("2026-09-15T12:00:00.000Z")],
  },
  {
    sdk: "Go 10",
    quirk: "the list ends with after: null",
    send: ["GET", "/organizations?domains=acme.example&domains=beta.example&limit=10&order=desc"],
    status: 200,
    reads: read
      .listOf(read.organization)
      .refine(({ data, list_metadata }) => data.length === 2 && list_metadata.after === null),
  },
  {
    sdk: "PHP 4",
    quirk: "an empty map is [], dates have an offset and no fraction, and no key arrives",
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
    sdk: "PHP 4",
    quirk: "null addresses of a portal link",
    send: ["POST", LINK, `{"organization":"ORG","intent":"audit_logs","return_url":null,"success_url":null}`],
    status: 201,
    reads: read.link,
  },
  {
    sdk: "PHP 4",
    quirk: "domains[0]= for each domain",
    send: ["GET", "/organizations?limit=10&domains%5B0%5D=acme.example&domains%5B1%5D=beta.example"],
    status: 200,
    reads: read.listOf(read.organization).refine(({ data }) => data.length === 2),
  },
  {
    sdk: "PHP 4",
    quirk: "lists actions a hundred at a time",
    send: ["GET", "/audit_logs/actions?limit=100"],
    status: 200,
    reads: read.listOf(read.action),
  },
  {
    sdk: "PHP 4",
    quirk: "schemaExists takes 404 for no",
    send: ["GET", "/audit_logs/actions/nobody.made_this/schemas?limit=1"],
    status: 404,
    reads: read.failure,
  },
  {
    sdk: "PHP 9",
    quirk: "nulls for version, metadata, name and user agent; milliseconds with an offset",
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
    sdk: "PHP 9",
    quirk: "states are an enumeration, and metadata is never null",
    send: ["GET", "/organizations?domains%5B0%5D=acme.example&order=desc"],
    status: 200,
    reads: read.listOf(read.organization),
  },
  {
    sdk: "Java 4",
    quirk: "version 1 where none is set",
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
    quirk: "dates have three digits, and HTML is not what its Accept is answered with",
    send: ["GET", `${EXPORTS}/READY`],
    status: 200,
    reads: read.exportInAnyState,
  },
  {
    sdk: "Java 4",
    quirk: "domains are joined by commas",
    send: ["GET", "/organizations?domains=acme.example%2Cbeta.example&limit=10"],
    status: 200,
    reads: read.listOf(read.organization).refine(({ data }) => data.length === 2),
  },
  {
    sdk: "Java 4",
    quirk: "a 400 has a text and a list of objects",
    send: [
      "POST",
      EVENTS,
      event(`"action":"user.signed_in","occurred_at":"2026-09-15T12:00:00.000Z","version":7,${parties}`),
    ],
    status: 400,
    reads: read.failure.required({ errors: true }),
  },
  {
    sdk: "Java 4",
    quirk: "a refused range has a text and no errors that are null",
    send: [
      "POST",
      EXPORTS,
      `{"organization_id":"ORG","range_start":"2022-06-31T00:00:00.000Z","range_end":"2022-07-01T00:00:00.000Z"}`,
    ],
    status: 400,
    reads: read.failure,
  },
  {
    sdk: "Java 7",
    quirk: "nanoseconds, and a null for what is not set",
    send: [
      "POST",
      EVENTS,
      event(
        `"action":"java7.nanos","occurred_at":"2026-09-15T12:00:00.123456789Z","actor":{"id":"u","type":"user","name":null,"metadata":null},"targets":[{"id":"t","type":"team","name":null,"metadata":null}],"context":{"location":"1.1.1.1","user_agent":null},"metadata":null,"version":null`,
      ),
    ],
    more: [["Idempotency-Key", "retry-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]],
    status: 201,
    reads: read.success,
    stores: [at("2026-09-15T12:00:00.123Z")],
  },
  {
    sdk: "Java 7",
    quirk: "the key is made from the request alone, and a link asked for twice is two links",
    send: [
      "POST",
      LINK,
      `{"return_url":null,"success_url":null,"organization":"ORG","intent":"audit_logs","intent_options":null,"it_contact_emails":null}`,
    ],
    more: [["Idempotency-Key", "retry-60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"]],
    status: 201,
    reads: read.link,
    repeated: "another answer",
  },
  {
    sdk: "Java 7",
    quirk: "the same for an export: asked for twice, it is two exports",
    send: [
      "POST",
      EXPORTS,
      `{"organization_id":"ORG",${range},"actions":null,"actors":null,"actor_names":null,"actor_ids":null,"targets":null}`,
    ],
    more: [["Idempotency-Key", "retry-fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13"]],
    status: 201,
    reads: read.pendingExport,
    repeated: "another answer",
  },
  {
    sdk: "Java 7",
    quirk: "the configuration has a number of days",
    send: ["GET", "/organizations/ORG/audit_log_configuration"],
    status: 200,
    reads: read.configuration,
  },
  {
    sdk: ".NET 2",
    quirk: "version 0 where none is set, seven digits and the local offset",
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
    quirk: "seven digits and no zone, which is UTC",
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
    quirk: "a PUT repeats its body in the query",
    send: [
      "PUT",
      "/organizations/SPARE?name=Renamed&domains=%5B%22spare.example%22%5D",
      `{"name":"Renamed","domains":["spare.example"]}`,
    ],
    status: 200,
    reads: read.organization.refine(
      ({ name, domains }) => name === "Renamed" && domains[0]?.domain === "spare.example",
    ),
  },
  {
    sdk: ".NET 2",
    quirk: "domains[]= for each domain",
    send: ["GET", "/organizations?domains%5B%5D=acme.example&domains%5B%5D=beta.example"],
    status: 200,
    reads: read.listOf(read.organization).refine(({ data }) => data.length === 2),
  },
  {
    sdk: ".NET 2",
    quirk: "an unknown route is JSON too, since another body ends the process",
    send: ["POST", "/audit_logs/nothing", "{}"],
    status: 404,
    reads: read.failure,
  },
  {
    sdk: ".NET 2",
    quirk: "a DELETE has the body {}",
    send: ["DELETE", "/organizations/DOOMED", "{}"],
    status: 202,
    reads: read.anything,
  },
  {
    sdk: ".NET 6",
    quirk: "no version, and a key on every POST",
    send: [
      "POST",
      EVENTS,
      event(`"action":"net6.keyed","occurred_at":"2026-09-15T12:00:00.1234567+00:00",${parties},"version":null`),
    ],
    more: [["Idempotency-Key", "5f2b1c9e-0a46-4c3d-8f5a-2d7f0e6b9a11"]],
    status: 201,
    reads: read.success,
    stores: [at("2026-09-15T12:00:00.123Z")],
  },
  {
    sdk: ".NET 6",
    quirk: "a 422's errors are objects and its message a text",
    send: ["POST", EVENTS, event(`"action":null,"occurred_at":"2026-09-15T12:00:00.1234567+00:00",${parties}`)],
    status: 422,
    reads: read.unprocessable,
  },
  {
    sdk: "Node 2",
    quirk: "the example application asks for order=null",
    send: ["GET", "/organizations?limit=5&order=null"],
    status: 200,
    reads: read.listOf(read.organization),
  },
  {
    sdk: "Node 2",
    quirk: "an empty order, before and after",
    send: ["GET", "/organizations?limit=5&order=&before=&after="],
    status: 200,
    reads: read.listOf(read.organization),
  },
];
