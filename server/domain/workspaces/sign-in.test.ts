import { expect } from "vitest";
import type { Services } from "@/server/kernel/services";
import { newId } from "@/server/kernel/ids";
import { test } from "@/server/testing/fixtures";
import { hashPassword } from "./passwords";
import { signInByPassword } from "./sign-in";

async function createMember(services: Services, email: string): Promise<string> {
  const id = newId("member", new Date());
  const workspace = { create: { id: newId("workspace", new Date()), name: "Vendor" } };
  const passwordHash = await hashPassword("the right one");
  await services.db.prisma.member.create({ data: { id, email, name: "Ada", role: "member", passwordHash, workspace } });
  return id;
}

test("ten of any number of parallel guesses for an email are checked; then all have to wait", async ({ world }) => {
  const { services, clock } = world;
  const id = await createMember(services, "ada@vendor.example");
  const attempt = (password: string, address: string) =>
    signInByPassword(services, { email: " Ada@Vendor.example", password, address }).catch(
      (error: unknown) => (error as { details: { headers: object } }).details.headers,
    );
  // Each from another address, like a botnet.
  const answers = await Promise.all(Array.from({ length: 25 }, (_, n) => attempt("a wrong one", `192.0.2.${n}`)));
  expect(answers.filter((each) => each === null)).toHaveLength(10);
  expect(answers.filter((each) => each !== null)).toEqual(Array.from({ length: 15 }, () => ({ "retry-after": "60" })));
  expect(await attempt("the right one", "192.0.2.100")).toEqual({ "retry-after": "60" });

  clock.now = new Date(clock.now.getTime() + 60_000);
  // Successful sign-ins do not count.
  for (let n = 0; n < 12; n++) expect(await attempt("the right one", "192.0.2.100")).toMatchObject({ id });
  const member = await services.db.prisma.member.findUniqueOrThrow({ where: { id } });
  expect(member.lastSignInAt).toEqual(clock.now);
  const trail = await services.db.prisma.activity.groupBy({ by: ["action"], _count: true, orderBy: { action: "asc" } });
  expect(trail).toEqual([
    { action: "member.sign_in_failed", _count: 10 },
    { action: "member.signed_in", _count: 12 },
  ]);
});

test("a client that tries many emails has to wait, whether or not they exist", async ({ world: { services } }) => {
  const guess = (n: number) =>
    signInByPassword(services, { email: `nobody-${n}@vendor.example`, password: "x", address: "203.0.113.9" });
  const answers = await Promise.allSettled(Array.from({ length: 32 }, (_, n) => guess(n)));
  expect(answers.filter((each) => each.status === "rejected")).toHaveLength(2);
});
