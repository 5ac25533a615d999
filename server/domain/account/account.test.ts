import { expect } from "vitest";
import { findMemberScope } from "@/server/domain/workspaces/member-scope";
import { signInByPassword } from "@/server/domain/workspaces/sign-in";
import { test } from "@/server/testing/fixtures";
import { createMember, createWorkspace, trailOf } from "@/server/testing/staff";
import { changePassword, getAccount, renameMember, signOutEverywhere } from "./account";
import { createResetLink, previewReset, resetPassword } from "./password-reset";

const OLD = "an old password of several words";
const NEW = "four words that differ";

test("changing the password needs the old one, ends all sessions and replaces it", async ({
  world: { services, clock },
}) => {
  const scope = await createMember(services, await createWorkspace(services), { role: "viewer", password: OLD });
  const { id, email } = scope.member;
  const before = clock.now;
  const wrong = changePassword(scope, { current: "something else", password: NEW });
  await expect(wrong).rejects.toMatchObject({ code: "invalid_input", details: { violations: [{ field: "current" }] } });
  clock.now = new Date(before.getTime() + 1);
  await changePassword(scope, { current: OLD, password: NEW });
  expect(await findMemberScope(services, id, before)).toBeNull();
  expect(await findMemberScope(services, id, clock.now)).not.toBeNull();
  const signIn = (password: string) => signInByPassword(services, { email, password, address: "192.0.2.1" });
  expect(await signIn(OLD)).toBeNull();
  expect(await signIn(NEW)).toMatchObject({ id });
  expect((await trailOf(scope)).map(([action]) => action)).toContain("member.password_changed");
});

test("the current password cannot be guessed in a session that someone left open", async ({ world: { services } }) => {
  const scope = await createMember(services, await createWorkspace(services), { role: "owner", password: OLD });
  const guess = (n: number) => changePassword(scope, { current: `guess ${n}`, password: NEW });
  const results = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => guess(n)));
  const codes = results.map((each) => each.status === "rejected" && (each.reason as { code: string }).code);
  expect(codes.filter((code) => code === "too_many")).toHaveLength(2);
  await expect(changePassword(scope, { current: OLD, password: NEW })).rejects.toMatchObject({ code: "too_many" });
});

test("signing out everywhere ends every session, and renaming is recorded", async ({ world: { services, clock } }) => {
  const scope = await createMember(services, await createWorkspace(services), { role: "member", name: "Ada" });
  await renameMember(scope, "Ada Lovelace");
  const before = clock.now;
  clock.now = new Date(before.getTime() + 1);
  expect(await getAccount(scope)).toMatchObject({ role: "member", hasPassword: false });
  await signOutEverywhere(scope);
  expect(await findMemberScope(services, scope.member.id, before)).toBeNull();
  expect(await trailOf(scope)).toEqual([
    ["member.renamed", "Ada", { from: "Ada", to: "Ada Lovelace" }],
    ["member.signed_out_everywhere", "Ada", {}],
  ]);
});

test("a reset link sets one password within 24 hours, and only the newest link works", async ({
  world: { services, clock },
}) => {
  const owner = await createMember(services, await createWorkspace(services), { role: "owner", name: "Olive" });
  const { member } = await createMember(services, owner.workspace.id, { role: "viewer", password: OLD });
  const createToken = async () => {
    const delivery = await createResetLink(owner, member.id);
    return delivery.kind === "unsent" ? (new URL(delivery.link).searchParams.get("token") ?? "") : "";
  };
  const [older, newer] = [await createToken(), await createToken()];
  expect(await previewReset(services, older)).toBeNull();
  expect(await previewReset(services, newer)).toEqual({ email: member.email });
  const before = clock.now;
  const signIn = (password: string) =>
    signInByPassword(services, { email: member.email, password, address: "192.0.2.2" });
  // Creating a link changes nothing until the link is used.
  expect(await signIn(OLD)).not.toBeNull();

  clock.now = new Date(before.getTime() + 1);
  const use = (token: string) => resetPassword(services, { token, password: NEW });
  const results = await Promise.allSettled([use(newer), use(newer), use(older)]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await findMemberScope(services, member.id, before)).toBeNull();
  expect(await signIn(NEW)).not.toBeNull();

  const expired = await createToken();
  clock.now = new Date(clock.now.getTime() + 86_400_000);
  await expect(use(expired)).rejects.toMatchObject({ code: "gone" });
});
