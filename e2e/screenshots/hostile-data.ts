import type { FirstStart } from "@/e2e/trailport-process";

const LONG = "Vereinigte Donaudampfschifffahrtsgesellschaft und Söhne ".repeat(9).slice(0, 480);
const UNBROKEN = "x".repeat(500);
const RIGHT_TO_LEFT = "شركة الشحن الدولية المحدودة‮ مرحبا";
const MARKUP = '<script>alert("hello")</script><img src=x onerror=alert(1)>';
const FORMULA = '=HYPERLINK("http://evil.example","click")';
const STACKED = `Z̸̧̛̤a̶̢l̷̰g̴͙o̸̱ `.repeat(8).trim();

const texts = [LONG, UNBROKEN, RIGHT_TO_LEFT, MARKUP, FORMULA, STACKED, "\t \u00a0", "👩‍👩‍👧‍👦🏴‍☠️"];
const text = (index: number) => texts[index % texts.length] ?? LONG;

/** Names and values that break careless screens: very long, unbroken, right to left, markup, formulas. */
export async function fillWithHostileData({ url, api_key, organization_id }: FirstStart): Promise<void> {
  const call = async (method: string, path: string, body: object) => {
    const headers = { authorization: `Bearer ${api_key}`, "content-type": "application/json" };
    const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  };
  await call("PUT", `/organizations/${organization_id}`, { name: `${MARKUP} ${LONG}`.slice(0, 250) });
  for (const [index, name] of [UNBROKEN.slice(0, 250), RIGHT_TO_LEFT, STACKED, FORMULA].entries())
    await call("POST", "/organizations", { name, external_id: `hostile-${index}` });

  const now = Date.now();
  const events = Array.from({ length: 120 }, (_, index) => ({
    organization_id,
    event: {
      action: index % 3 === 0 ? `a.${UNBROKEN.slice(0, 200)}` : `hostile.action_${index % 5}`,
      occurred_at: new Date(now - index * index * 60_000).toISOString(),
      actor: {
        type: "user",
        id: text(index + 1).trim() || "blank",
        name: text(index),
        metadata: { note: text(index) },
      },
      targets: Array.from({ length: (index % 12) + 1 }, (_, n) => ({
        type:
          n % 2 === 0
            ? "document"
            : text(n + 1)
                .slice(0, 90)
                .trim() || "blank",
        id: text(index + n).trim() || "blank",
        name: text(n),
      })),
      context: {
        location: index % 2 === 0 ? "2001:0db8:85a3:0000:0000:8a2e:0370:7334" : UNBROKEN.slice(0, 200),
        user_agent: LONG,
      },
      metadata: Object.fromEntries(texts.map((value, n) => [`key_${n}${n === 1 ? "k".repeat(30) : ""}`, value])),
    },
  }));
  await call("POST", "/audit_logs/events/batch", { events });
  // A rejected event, for the Rejected events screen.
  await fetch(`${url}/audit_logs/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${api_key}`, "content-type": "application/json" },
    body: JSON.stringify({ organization_id: RIGHT_TO_LEFT, event: { action: UNBROKEN, actor: { id: MARKUP } } }),
  });
  await call("POST", "/audit_logs/exports", {
    organization_id,
    range_start: new Date(now - 86_400_000).toISOString(),
    range_end: new Date(now).toISOString(),
    actor_names: [LONG.slice(0, 200), MARKUP],
  });
}
