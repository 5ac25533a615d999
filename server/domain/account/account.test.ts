import { expect } from "vitest";
import { endMemberSession, listMemberSessions, startMemberSession } from "@/server/domain/workspaces/member-sessions";
import { findMemberScope } from "@/server/domain/workspaces/member-scope";
import { signInByPassword } from "@/server/domain/workspaces/sign-in";
import { test } from "@/server/testing/fixtures";
import { createMember, createWorkspace, isSignedIn, signIn as startSession, trailOf } from "@/server/testing/staff";
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
  expect(await isSignedIn(scope)).toBe(false);
  expect(await isSignedIn(await startSession(services, id))).toBe(true);
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
  const elsewhere = await startSession(services, scope.member.id);
  clock.now = new Date(clock.now.getTime() + 1);
  expect(await getAccount(scope)).toMatchObject({ role: "member", hasPassword: false });
  await signOutEverywhere(scope);
  expect([await isSignedIn(scope), await isSignedIn(elsewhere)]).toEqual([false, false]);
  expect(await trailOf(scope)).toEqual([
    ["member.renamed", "Ada", { from: "Ada", to: "Ada Lovelace" }],
    ["member.signed_out_everywhere", "Ada", {}],
  ]);
});

test("a reset link sets one password within 24 hours, and only the newest link works", async ({
  world: { services, clock },
}) => {
  const owner = await createMember(services, await createWorkspace(services), { role: "owner", name: "Olive" });
  const scope = await createMember(services, owner.workspace.id, { role: "viewer", password: OLD });
  const { member } = scope;
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
  expect(await isSignedIn(scope)).toBe(false);
  expect(await signIn(NEW)).not.toBeNull();

  const expired = await createToken();
  clock.now = new Date(clock.now.getTime() + 86_400_000);
  await expect(use(expired)).rejects.toMatchObject({ code: "gone" });
});

test("members see their sessions with browser, address and last use", async ({ world: { services, clock } }) => {
  const first = await createMember(services, await createWorkspace(services), { role: "viewer" });
  const signedInAt = clock.now;
  clock.now = new Date(signedInAt.getTime() + 1);
  const client = { browser: "Safari on iPhone", address: "192.0.2.8" };
  const id = await startMemberSession(services, first.member.id, client);
  // A use within a minute is not stored again.
  clock.now = new Date(signedInAt.getTime() + 60_000);
  const second = await findMemberScope(services, id, "192.0.2.9");
  if (!second) throw new Error("There is no session.");
  expect(await listMemberSessions(second)).toMatchObject([
    { ...client, id, isCurrent: true, lastUsedAt: new Date(signedInAt.getTime() + 1) },
    { id: first.session.id, browser: "Firefox on Linux", isCurrent: false, lastUsedAt: signedInAt },
  ]);
  clock.now = new Date(signedInAt.getTime() + 60_001);
  await findMemberScope(services, id, "192.0.2.9");
  expect((await listMemberSessions(first))[0]).toMatchObject({ address: "192.0.2.9", lastUsedAt: clock.now });
});

test("a member ends one session, no other and no one else's, and expired ones end by themselves", async ({
  world: { services, clock },
}) => {
  const scope = await createMember(services, await createWorkspace(services), { role: "owner", name: "Olive" });
  const other = await createMember(services, scope.workspace.id, { role: "viewer" });
  const elsewhere = await startSession(services, scope.member.id);
  await endMemberSession(scope, elsewhere.session.id);
  await endMemberSession(scope, elsewhere.session.id);
  await endMemberSession(scope, other.session.id);
  expect(await isSignedIn(elsewhere)).toBe(false);
  expect([await isSignedIn(scope), await isSignedIn(other)]).toEqual([true, true]);
  expect((await listMemberSessions(scope)).map(({ id }) => id)).toEqual([scope.session.id]);
  expect(await trailOf(scope)).toEqual([
    ["member.session_ended", "Olive", { browser: "Firefox on Linux", address: "192.0.2.1" }],
  ]);
  clock.now = new Date(clock.now.getTime() + 7 * 86_400_000);
  expect(await isSignedIn(scope)).toBe(false);
});
