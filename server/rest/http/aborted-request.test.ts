import { connect } from "node:net";
import { expect, onTestFinished } from "vitest";
import { exampleEvent } from "@/schemas/events/event-body";
import { createApiKey } from "@/server/domain/api-keys/api-keys";
import { serveApi } from "@/server/testing/serve-api";
import { test } from "@/server/testing/rest-fixtures";

/** What an answer says, but for what is its own: the id, the moment and how it was sent. */
function shown({ status, headers, body }: { status: number; headers: Headers; body: unknown }) {
  const own = new Set(["x-request-id", "date", "transfer-encoding", "content-length", "connection", "keep-alive"]);
  return { status, body, headers: Object.fromEntries([...headers].filter(([name]) => !own.has(name))) };
}

test("events are answered alike, whether on Node's own request or, with another spelling of the address, on a web-standard one", async ({
  call,
  organization,
}) => {
  const organization_id = organization.organization.id;
  const { event } = exampleEvent;
  const sent = { organization_id, event };
  const bodies = [
    sent,
    { organization_id, event: { ...event, occurred_at: "yesterday" } },
    { organization_id: "org_unknown", event },
    { ...sent, event: { ...event, metadata: { text: "😀".repeat(300) } } },
    "{",
    "",
    "[]",
    `"${"x".repeat(999_999)}`,
    `"${"x".repeat(1_000_001)}"`,
  ];
  const headers = [{}, { authorization: "Bearer sk_test_nobody" }, { authorization: "" }, { "idempotency-key": "one" }];
  for (const path of ["/audit_logs/events", "/audit_logs/events/batch"]) {
    for (const body of path.endsWith("batch") ? [...bodies, { events: [sent, {}] }, [sent]] : bodies) {
      for (const more of headers) {
        const direct = await call("POST", path, body, more);
        const roundabout = await call("POST", `${path}?`, body, more);
        expect(shown(direct)).toEqual(shown(roundabout));
        expect(direct.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
      }
    }
  }
});

test("a sender that leaves before its body has come is nobody's mistake, and the next one is answered", async ({
  environment,
  organization,
  world,
}) => {
  const mistakes: unknown[] = [];
  const log = { ...world.services.log, error: (...mistake: unknown[]) => void mistakes.push(mistake) };
  let answers = 0;
  const request = () => void (answers += 1);
  const metrics = { ...world.services.metrics, request };
  const api = await serveApi({ ...world.services, log, metrics });
  onTestFinished(() => api.close());
  const { secret } = await createApiKey(environment, { name: "leaves" });
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  const head = `POST /audit_logs/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\nContent-Length: 1000\r\n\r\n{`;
  await new Promise<void>((resolve) => socket.write(head, () => resolve()));
  socket.destroy();
  const sent = await fetch(`${api.url}/audit_logs/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}` },
    body: JSON.stringify({ ...exampleEvent, organization_id: organization.organization.id }),
  });
  expect(sent.status).toBe(201);
  expect(answers).toBe(1);
  expect(mistakes).toEqual([]);
});
