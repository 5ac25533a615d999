import type { FirstStartFile } from "@/server/embedded/first-start/run-first-start";

/** Returns what the first start prints: everything a person needs to sign in and to send a first event. */
export function firstStartMessage(first: FirstStartFile, file: string): string {
  const event = {
    organization_id: first.organization_id,
    event: {
      action: "user.signed_in",
      occurred_at: new Date().toISOString(),
      actor: { type: "user", id: "user_1", name: "Ada" },
      targets: [{ type: "team", id: "team_1" }],
      context: { location: "203.0.113.7" },
    },
  };
  return `
  Trailport is running: ${first.url}
${credentials(first, file)}
  Send your first event:

    curl -X POST ${first.url}/audit_logs/events \\
      -H 'Authorization: Bearer ${first.api_key}' \\
      -H 'Content-Type: application/json' \\
      -d '${JSON.stringify(event)}'

  Press Ctrl-C to stop Trailport.
`;
}

/** Returns what the first migration prints; web and worker run elsewhere. */
export function firstMigrationMessage(first: FirstStartFile, file: string): string {
  return `\n  The database is ready. Sign in at ${first.url}\n${credentials(first, file)}`;
}

function credentials(first: FirstStartFile, file: string): string {
  return `
    Email            ${first.email}
    Password         ${first.password}
    API key          ${first.api_key}
    Organization     ${first.organization_id}

  Later starts don't show this again. It is saved in ${file}
`;
}

/** Returns what every later start prints. */
export function startMessage(url: string): string {
  return `\n  Trailport is running: ${url}\n  Press Ctrl-C to stop.\n`;
}
