import * as read from "@/server/testing/sdk/readers";
import type { Quirk } from "./quirk";

export const organizationQuirks: readonly Quirk[] = [
  {
    sdk: "Python 5",
    quirk: "sends the idempotency key in the body of a new organization",
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
    quirk: "repeats the parameter for each domain",
    send: ["GET", "/organizations?domains=acme.example&domains=beta.example&limit=10&order=desc"],
    status: 200,
    reads: read.listOf(read.organization).refine(({ data }) => data.length === 2),
  },
  {
    sdk: "Python 5",
    quirk: "sets retention to 30 or 365 days",
    send: ["PUT", "/organizations/SPARE/audit_logs_retention", `{"retention_period_in_days":365}`],
    status: 200,
    reads: read.retention,
  },
  {
    sdk: "Python 5",
    quirk: "needs a number of days in the configuration even if none was set",
    send: ["GET", "/organizations/ORG/audit_log_configuration"],
    status: 200,
    reads: read.configuration,
  },
  {
    sdk: "Python 10",
    quirk: "joins domains by commas",
    send: ["GET", "/organizations?domains=acme.example%2Cbeta.example&order=desc"],
    status: 200,
    reads: read.listOf(read.organization).refine(({ data }) => data.length === 2),
  },
  {
    sdk: "Python 10",
    quirk: "needs the retention field",
    send: ["GET", "/organizations/ORG/audit_logs_retention"],
    status: 200,
    reads: read.retention,
  },
  {
    sdk: "Python 10",
    quirk: "needs every field of an organization",
    send: ["GET", "/organizations/ORG"],
    status: 200,
    reads: read.organization,
  },
  {
    sdk: "Ruby 5",
    quirk: "reads a list's cursors from listMetadata",
    send: ["GET", "/organizations?domains=acme.example&domains=beta.example&limit=1&order=desc"],
    status: 200,
    reads: read
      .listOf(read.organization)
      .refine(({ listMetadata }) => listMetadata.after !== null && listMetadata.before === null),
  },
  {
    sdk: "Ruby 5",
    quirk: "needs a message in a 422, and the field and code of each error",
    send: ["POST", "/organizations", `{"name":""}`],
    status: 422,
    reads: read.unprocessable,
  },
  {
    sdk: "Ruby 10",
    quirk: "retries a 409, which names the domain in use",
    send: ["POST", "/organizations", `{"name":"Again","domain_data":[{"domain":"acme.example","state":"verified"}]}`],
    headers: [["Idempotency-Key", "retry-1"]],
    status: 409,
    reads: read.failure,
  },
  {
    sdk: "Go 3",
    quirk: "sends null domains and the key in the body of a new organization",
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
    quirk: "sends domains[]= for each domain",
    send: ["GET", "/organizations?domains%5B%5D=acme.example&domains%5B%5D=beta.example&limit=10&order=desc"],
    status: 200,
    reads: read.listOf(read.organization).refine(({ data }) => data.length === 2),
  },
  {
    sdk: "Go 10",
    quirk: "ends a list at after: null",
    send: ["GET", "/organizations?domains=acme.example&domains=beta.example&limit=10&order=desc"],
    status: 200,
    reads: read
      .listOf(read.organization)
      .refine(({ data, list_metadata }) => data.length === 2 && list_metadata.after === null),
  },
  {
    sdk: "PHP 4",
    quirk: "sends domains[0]= for each domain",
    send: ["GET", "/organizations?limit=10&domains%5B0%5D=acme.example&domains%5B1%5D=beta.example"],
    status: 200,
    reads: read.listOf(read.organization).refine(({ data }) => data.length === 2),
  },
  {
    sdk: "PHP 9",
    quirk: "needs a known domain state and metadata that is not null",
    send: ["GET", "/organizations?domains%5B0%5D=acme.example&order=desc"],
    status: 200,
    reads: read.listOf(read.organization),
  },
  {
    sdk: "Java 4",
    quirk: "joins domains by commas",
    send: ["GET", "/organizations?domains=acme.example%2Cbeta.example&limit=10"],
    status: 200,
    reads: read.listOf(read.organization).refine(({ data }) => data.length === 2),
  },
  {
    sdk: "Java 7",
    quirk: "needs a number of days in the configuration",
    send: ["GET", "/organizations/ORG/audit_log_configuration"],
    status: 200,
    reads: read.configuration,
  },
  {
    sdk: ".NET 2",
    quirk: "repeats the body of a PUT in the query",
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
    quirk: "sends domains[]= for each domain",
    send: ["GET", "/organizations?domains%5B%5D=acme.example&domains%5B%5D=beta.example"],
    status: 200,
    reads: read.listOf(read.organization).refine(({ data }) => data.length === 2),
  },
  {
    sdk: ".NET 2",
    quirk: "sends the body {} with a DELETE",
    send: ["DELETE", "/organizations/DOOMED", "{}"],
    status: 202,
    reads: read.anything,
  },
  {
    sdk: "Node 2",
    quirk: "the example app sends order=null",
    send: ["GET", "/organizations?limit=5&order=null"],
    status: 200,
    reads: read.listOf(read.organization),
  },
  {
    sdk: "Node 2",
    quirk: "sends an empty order, before and after",
    send: ["GET", "/organizations?limit=5&order=&before=&after="],
    status: 200,
    reads: read.listOf(read.organization),
  },
];
