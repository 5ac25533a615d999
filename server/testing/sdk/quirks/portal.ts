import * as read from "@/server/testing/sdk/readers";
import type { Quirk } from "./quirk";

const LINK = "/portal/generate_link";

export const portalQuirks: readonly Quirk[] = [
  {
    sdk: "Ruby 5",
    quirk: "sends null URLs for a portal link",
    send: ["POST", LINK, `{"intent":"audit_logs","organization":"ORG","return_url":null,"success_url":null}`],
    status: 201,
    reads: read.link,
  },
  {
    sdk: "Go 3",
    quirk: "sends empty URLs for a portal link",
    send: ["POST", LINK, `{"intent":"audit_logs","organization":"ORG","return_url":"","success_url":""}`],
    status: 201,
    reads: read.link,
  },
  {
    sdk: "PHP 4",
    quirk: "sends null URLs for a portal link",
    send: ["POST", LINK, `{"organization":"ORG","intent":"audit_logs","return_url":null,"success_url":null}`],
    status: 201,
    reads: read.link,
  },
  {
    sdk: "Python 10",
    quirk: "names the person for whom a portal link is",
    send: ["POST", LINK, `{"organization":"ORG","external_user_id":"user_1","intent":"audit_logs"}`],
    status: 201,
    reads: read.link,
  },
  {
    sdk: "Python 10",
    quirk: "revokes the portal links of a person",
    send: ["POST", "/portal/revoke_link", `{"organization":"ORG","external_user_id":"user_1"}`],
    status: 200,
    reads: read.anything,
  },
  {
    sdk: "Java 7",
    quirk: "derives the key from the request alone, and still gets two links for two requests",
    send: [
      "POST",
      LINK,
      `{"return_url":null,"success_url":null,"organization":"ORG","intent":"audit_logs","intent_options":null,"it_contact_emails":null}`,
    ],
    headers: [["Idempotency-Key", "retry-60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"]],
    status: 201,
    reads: read.link,
    repeated: "another response",
  },
];
