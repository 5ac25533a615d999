import type { FirstStart } from "@/e2e/trailport-process";

const HOUR = 3_600_000;

/** Adds what a few days of use leave behind in addition to events: exports, a portal link, a rejected event. */
export async function addSampleData({ url, api_key, organization_id }: FirstStart): Promise<void> {
  const post = (path: string, body: object) =>
    fetch(url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${api_key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const range = {
    organization_id,
    range_start: new Date(Date.now() - 30 * 24 * HOUR).toISOString(),
    range_end: new Date().toISOString(),
  };
  await post("/audit_logs/exports", range);
  await post("/audit_logs/exports", { ...range, actions: ["document.updated"], actor_names: ["Ada Okafor"] });
  await post("/portal/generate_link", { organization: organization_id, intent: "audit_logs" });
  // Rejected: it has no actor and no time.
  await post("/audit_logs/events", {
    organization_id,
    event: { action: "invoice.paid", targets: [{ id: "invoice_812", type: "invoice" }] },
  });
}
