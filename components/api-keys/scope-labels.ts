import type { KeyScope } from "@/schemas/api-keys/api-key";

/** What each scope allows. */
export const SCOPE_LABELS: Readonly<Record<KeyScope, string>> = {
  "events:write": "Send events",
  "events:read": "Read events, including rejected ones",
  exports: "Create and download exports",
  portal: "Create and revoke portal links",
  manage: "Manage organizations, schemas, settings and API keys, and read the activity",
};
