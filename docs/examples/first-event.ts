import { WorkOS } from "@workos-inc/node";

const { TRAILPORT_HOST = "localhost", TRAILPORT_PORT = "3000", TRAILPORT_API_KEY, ORGANIZATION_ID = "" } = process.env;
const workos = new WorkOS(TRAILPORT_API_KEY, {
  apiHostname: TRAILPORT_HOST,
  port: Number(TRAILPORT_PORT),
  https: false,
});

await workos.auditLogs.createEvent(ORGANIZATION_ID, {
  action: "user.signed_in",
  occurredAt: new Date(),
  actor: { id: "user_1", type: "user", name: "Ada Lovelace" },
  targets: [{ id: "team_1", type: "team" }],
  context: { location: "203.0.113.7", userAgent: "Chrome/141" },
});
