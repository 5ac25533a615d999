import type { FirstStartFile } from "@/server/embedded/first-start/run-first-start";

/** The first start's last words: all that a person needs for a first look and a first event. */
export function announceFirstStart(first: FirstStartFile, file: string): string {
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

    E-mail           ${first.email}
    Password         ${first.password}
    API key          ${first.api_key}
    Organization     ${first.organization_id}

  This is shown once and kept in ${file}

  Send a first event:

    curl -X POST ${first.url}/audit_logs/events \\
      -H 'Authorization: Bearer ${first.api_key}' \\
      -H 'Content-Type: application/json' \\
      -d '${JSON.stringify(event)}'

  Ctrl-C stops Trailport.
`;
}

/** What every later start says. */
export function announceStart(url: string): string {
  return `\n  Trailport is running: ${url}\n  Ctrl-C stops it.\n`;
}
