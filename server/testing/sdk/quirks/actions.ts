import * as read from "@/server/testing/sdk/readers";
import type { Quirk } from "./quirk";

export const actionQuirks: readonly Quirk[] = [
  {
    sdk: "Python 5",
    quirk: "sends null metadata for a schema's actor",
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
    quirk: "needs a schema for every action, with three types of properties",
    send: ["GET", "/audit_logs/actions?limit=10&order=desc"],
    status: 200,
    reads: read.listOf(read.action).refine(({ data }) => data.length > 0),
  },
  {
    sdk: "PHP 4",
    quirk: "lists actions 100 at a time",
    send: ["GET", "/audit_logs/actions?limit=100"],
    status: 200,
    reads: read.listOf(read.action),
  },
  {
    sdk: "PHP 4",
    quirk: "schemaExists returns false on 404",
    send: ["GET", "/audit_logs/actions/unknown.action/schemas?limit=1"],
    status: 404,
    reads: read.failure,
  },
];
