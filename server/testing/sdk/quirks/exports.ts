import * as read from "@/server/testing/sdk/readers";
import type { Quirk } from "./quirk";

const EXPORTS = "/audit_logs/exports";
const range = `"range_start":"2026-09-01T00:00:00.000Z","range_end":"2026-10-01T00:00:00.000Z"`;

export const exportQuirks: readonly Quirk[] = [
  {
    sdk: "Python 1",
    quirk: "sends null targets together with actors",
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
    quirk: "the example app sends a string instead of a list",
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
    quirk: "needs an object as the body of an error",
    send: ["GET", `${EXPORTS}/audit_log_export_x`],
    status: 404,
    reads: read.failure,
  },
  {
    sdk: "Python 5",
    quirk: "needs a pending export without a url",
    send: ["GET", `${EXPORTS}/PENDING`],
    status: 200,
    reads: read.pendingExport,
  },
  {
    sdk: "Ruby 5",
    quirk: "the example app sends empty strings",
    send: [
      "POST",
      EXPORTS,
      `{"organization_id":"ORG","range_start":"2026-09-01T00:00:00+02:00","range_end":"2026-10-01T00:00:00+02:00","actions":"","actors":"","targets":""}`,
    ],
    status: 201,
    reads: read.pendingExport,
  },
  {
    sdk: "Go 3",
    quirk: "sends a content type with a GET and no body",
    send: ["GET", `${EXPORTS}/READY`],
    status: 200,
    reads: read.readyExport,
  },
  {
    sdk: "Java 4",
    quirk: "needs dates with three digits, and JSON even though its Accept header lists HTML",
    send: ["GET", `${EXPORTS}/READY`],
    status: 200,
    reads: read.exportInAnyState,
  },
  {
    sdk: "Java 4",
    quirk: "needs a message and no null errors for an invalid range",
    send: [
      "POST",
      EXPORTS,
      `{"organization_id":"ORG","range_start":"2022-06-32T00:00:00.000Z","range_end":"2022-07-01T00:00:00.000Z"}`,
    ],
    status: 400,
    reads: read.failure,
  },
  {
    sdk: "PHP 4",
    quirk: "the documented example has a day after the end of its month, which PHP reads as the next day",
    send: [
      "POST",
      EXPORTS,
      `{"organization_id":"ORG","range_start":"2022-06-31T12:00:00+00:00","range_end":"2022-07-01T12:00:00+00:00"}`,
    ],
    status: 201,
    reads: read.pendingExport,
  },
  {
    sdk: "Java 7",
    quirk: "derives the key from the request alone, and still gets two exports for two requests",
    send: [
      "POST",
      EXPORTS,
      `{"organization_id":"ORG",${range},"actions":null,"actors":null,"actor_names":null,"actor_ids":null,"targets":null}`,
    ],
    headers: [["Idempotency-Key", "retry-fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13"]],
    status: 201,
    reads: read.pendingExport,
    repeated: "another response",
  },
];
