import { expect } from "vitest";
import { test } from "@/server/testing/rest-fixtures";

const event = {
  action: "user.signed_in",
  occurred_at: "2026-09-01T12:00:00Z",
  actor: { id: "user_1", type: "user" },
  targets: [{ id: "team_1", type: "team" }],
  context: { location: "192.0.2.1" },
};
const abyss = "[".repeat(10_000) + "]".repeat(10_000);

test("a body nested ten thousand levels deep is refused, and as a line of a batch it does not fail its neighbours", async ({
  call,
  organization,
}) => {
  const right = JSON.stringify({ organization_id: organization.organization.id, event });
  const deep = `${right.slice(0, -1)},"extra":${abyss}}`;
  expect(await call("POST", "/audit_logs/events", deep)).toMatchObject({
    status: 400,
    body: { code: "invalid_json", message: expect.stringContaining("nested more than 64 levels deep") as string },
  });
  const lines = await call("POST", "/audit_logs/events/batch", `${right}\n${deep}\n${right}`, {
    "content-type": "application/x-ndjson",
  });
  expect(lines.body["data"]).toMatchObject([{ status: "stored" }, { status: "refused" }, { status: "stored" }]);
});

test("what is wrong with a hostile body is told in a hundred places at most, and in short words", async ({ call }) => {
  const many = await call("POST", "/organizations", { name: "x", domain_data: Array.from({ length: 5_000 }, () => 1) });
  expect(many.status).toBe(422);
  expect(many.body["errors"]).toHaveLength(100);
  const long = await call("POST", "/organizations", { name: "x", metadata: { ["k".repeat(500_000)]: "v" } });
  expect(long.status).toBe(422);
  expect(JSON.stringify(long.body).length).toBeLessThan(2_000);
});
