import { firstEventCurl } from "@/components/organizations/curl-commands";

interface Values {
  /** Trailport's own URL, such as `http://localhost:3000`. */
  readonly origin: string;
  readonly organizationId: string;
  readonly apiKey: string;
  readonly now: Date;
}

interface Language {
  readonly name: string;
  readonly code: (values: Values) => string;
}

/** Code that sends the first event: a curl command, or one of the official WorkOS SDKs pointed at this host. */
export const LANGUAGES = {
  curl: {
    name: "cURL",
    code: ({ origin, organizationId, apiKey, now }) => firstEventCurl(origin, organizationId, now, apiKey),
  },
  node: {
    name: "Node.js",
    code: ({ origin, organizationId, apiKey }) => `// npm install @workos-inc/node, then run this as first-event.mjs
import { WorkOS } from "@workos-inc/node";

const workos = new WorkOS("${apiKey}", ${nodeHost(origin)});

await workos.auditLogs.createEvent("${organizationId}", {
  action: "user.signed_in",
  occurredAt: new Date(),
  actor: { id: "user_1", type: "user", name: "Ada Lovelace" },
  targets: [{ id: "team_1", type: "team", name: "Platform" }],
  context: { location: "203.0.113.7" },
});`,
  },
  ruby: {
    name: "Ruby",
    code: ({ origin, organizationId, apiKey }) => `# gem install workos
require "time"
require "workos"

workos = WorkOS::Client.new(api_key: "${apiKey}", base_url: "${origin}")

workos.audit_logs.create_event(
  organization_id: "${organizationId}",
  event: {
    action: "user.signed_in",
    occurred_at: Time.now.utc.iso8601(3),
    actor: { id: "user_1", type: "user", name: "Ada Lovelace" },
    targets: [{ id: "team_1", type: "team", name: "Platform" }],
    context: { location: "203.0.113.7" }
  }
)`,
  },
  python: {
    name: "Python",
    code: ({ origin, organizationId, apiKey }) => `# pip install workos
from datetime import datetime, timezone

from workos import WorkOSClient
from workos.audit_logs.models import AuditLogEvent

workos = WorkOSClient(api_key="${apiKey}", client_id="client_any", base_url="${origin}/")

workos.audit_logs.create_event(
    organization_id="${organizationId}",
    event=AuditLogEvent.from_dict({
        "action": "user.signed_in",
        "occurred_at": datetime.now(timezone.utc).isoformat(),
        "actor": {"id": "user_1", "type": "user", "name": "Ada Lovelace"},
        "targets": [{"id": "team_1", "type": "team", "name": "Platform"}],
        "context": {"location": "203.0.113.7"},
    }),
)`,
  },
  go: {
    name: "Go",
    code: ({ origin, organizationId, apiKey }) => `// go get github.com/workos/workos-go/v10
package main

import (
  "context"
  "encoding/json"
  "log"
  "time"

  "github.com/workos/workos-go/v10"
)

func main() {
  client := workos.NewClient("${apiKey}", workos.WithBaseURL("${origin}"))
  var event workos.AuditLogEvent
  err := json.Unmarshal([]byte(\`{
    "action": "user.signed_in",
    "occurred_at": "\`+time.Now().UTC().Format(time.RFC3339Nano)+\`",
    "actor": { "id": "user_1", "type": "user", "name": "Ada Lovelace" },
    "targets": [{ "id": "team_1", "type": "team", "name": "Platform" }],
    "context": { "location": "203.0.113.7" }
  }\`), &event)
  if err != nil {
    log.Fatal(err)
  }
  params := &workos.AuditLogsCreateEventParams{OrganizationID: "${organizationId}", Event: &event}
  if _, err := client.AuditLogs().CreateEvent(context.Background(), params); err != nil {
    log.Fatal(err)
  }
}`,
  },
  php: {
    name: "PHP",
    code: ({ origin, organizationId, apiKey }) => `<?php
// composer require workos/workos-php (in Laravel the same client works)
require "vendor/autoload.php";

$workos = new WorkOS\\WorkOS(apiKey: "${apiKey}", baseUrl: "${origin}");

$workos->auditLogs()->createEvent(
    organizationId: "${organizationId}",
    event: WorkOS\\Resource\\AuditLogEvent::fromArray([
        "action" => "user.signed_in",
        "occurred_at" => date("c"),
        "actor" => ["id" => "user_1", "type" => "user", "name" => "Ada Lovelace"],
        "targets" => [["id" => "team_1", "type" => "team", "name" => "Platform"]],
        "context" => ["location" => "203.0.113.7"],
    ]),
);`,
  },
  java: {
    name: "Java",
    code: ({ origin, organizationId, apiKey }) => `// Maven: com.workos:workos
import com.workos.WorkOS;
import com.workos.models.*;
import java.time.OffsetDateTime;
import java.util.List;

class FirstEvent {
  public static void main(String[] args) {
    var workos = new WorkOS("${apiKey}", null, "${origin}");
    workos.getAuditLogs().createEvent("${organizationId}", new AuditLogEvent(
      "user.signed_in",
      OffsetDateTime.now(),
      new AuditLogEventActor("user_1", "user", "Ada Lovelace", null),
      List.of(new AuditLogEventActor("team_1", "team", "Platform", null)),
      new AuditLogEventContext("203.0.113.7", null),
      null,
      null
    ));
  }
}`,
  },
  dotnet: {
    name: ".NET",
    code: ({ origin, organizationId, apiKey }) => `// dotnet add package WorkOS.net
using WorkOS;

var workos = new WorkOSClient(new WorkOSOptions { ApiKey = "${apiKey}", ApiBaseURL = "${origin}" });

await workos.AuditLogs.CreateEventAsync(new AuditLogsCreateEventOptions
{
    OrganizationId = "${organizationId}",
    Event = new AuditLogEvent
    {
        Action = "user.signed_in",
        OccurredAt = DateTimeOffset.UtcNow,
        Actor = new AuditLogEventActor { Id = "user_1", Type = "user", Name = "Ada Lovelace" },
        Targets = [new AuditLogEventTarget { Id = "team_1", Type = "team", Name = "Platform" }],
        Context = new AuditLogEventContext { Location = "203.0.113.7" },
    },
});`,
  },
} as const satisfies Record<string, Language>;

export type LanguageId = keyof typeof LANGUAGES;

export function isLanguage(id: string | null): id is LanguageId {
  return id !== null && Object.hasOwn(LANGUAGES, id);
}

/** Splits the origin, since the Node.js SDK takes host, port and scheme separately. */
function nodeHost(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  const parts = [
    `apiHostname: ${JSON.stringify(hostname)}`,
    ...(port === "" ? [] : [`port: ${port}`]),
    ...(protocol === "https:" ? [] : ["https: false"]),
  ];
  return `{ ${parts.join(", ")} }`;
}
