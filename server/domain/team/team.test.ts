import { expect } from "vitest";
import { newId } from "@/server/kernel/ids";
import type { Mail } from "@/server/kernel/ports/mailer";
import type { Services } from "@/server/kernel/services";
import { test } from "@/server/testing/fixtures";
import { createMember, createWorkspace, trailOf } from "@/server/testing/staff";
import { findMemberScope } from "@/server/domain/workspaces/member-scope";
import { acceptInvitation, previewInvitation } from "./accept-invitation";
import { inviteMember, listInvitations, resendInvitation, revokeInvitation } from "./invitations";
import { changeRole, listMembers, removeMember } from "./members";

const DAY = 86_400_000;
const PERSON = { name: "Grace Hopper", password: "four words that differ" };

async function ownerOf(services: Services) {
  return createMember(services, await createWorkspace(services), { role: "owner", name: "Olive" });
}

function tokenOf(delivery: object): string {
  if (!("link" in delivery) || typeof delivery.link !== "string") throw new Error("There is no link.");
  return new URL(delivery.link).searchParams.get("token") ?? "";
}

const someone = () => `${newId("member", new Date()).toLowerCase()}@vendor.example`;

test("one owner remains when two owners demote or remove each other at the same time", async ({
  world: { services },
}) => {
  for (const attempt of ["demote", "remove", "leave"]) {
    const first = await ownerOf(services);
    const second = await createMember(services, first.workspace.id, { role: "owner" });
    const act = (actor: typeof first, whom: typeof first) =>
      attempt === "demote" ? changeRole(actor, whom.member.id, "admin") : removeMember(actor, whom.member.id);
    const results = await Promise.allSettled(
      attempt === "leave"
        ? [act(first, first), act(second, second)]
        : [act(first, second), act(second, first), act(first, second), act(second, first)],
    );
    const owners = (await listMembers(first)).filter(({ role }) => role === "owner");
    expect(owners).toHaveLength(1);
    expect(results.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
  }
});

test("role changes and removals apply from the next request and are recorded", async ({ world: { services } }) => {
  const owner = await ownerOf(services);
  const { member, session } = await createMember(services, owner.workspace.id, { role: "viewer", name: "Vera" });
  const signedIn = () => findMemberScope(services, session.id, "192.0.2.1");
  await changeRole(owner, member.id, "admin");
  await changeRole(owner, member.id, "admin");
  expect((await signedIn())?.role).toBe("admin");
  await removeMember(owner, member.id);
  expect(await signedIn()).toBeNull();
  const about = { memberId: member.id, name: "Vera", email: member.email };
  expect((await trailOf(owner)).toSorted()).toEqual([
    ["member.removed", "Olive", { ...about, role: "admin" }],
    ["member.role_changed", "Olive", { ...about, from: "viewer", to: "admin" }],
  ]);
  await expect(changeRole(owner, owner.member.id, "viewer")).rejects.toMatchObject({ code: "conflict" });
});

test("parallel calls accept an invitation once, and only its hash is stored", async ({ world: { services } }) => {
  const owner = await ownerOf(services);
  const email = someone();
  const token = tokenOf(await inviteMember(owner, { email, role: "member" }));
  for (let n = 0; n < 3; n++) {
    const preview = { email, role: "member", workspaceName: "Vendor", invitedBy: "Olive" };
    expect(await previewInvitation(services, token)).toEqual(preview);
  }
  const stored = await services.db.prisma.invitation.findMany();
  expect(JSON.stringify([stored, await trailOf(owner)])).not.toContain(token);

  const accept = () => acceptInvitation(services, { token, ...PERSON });
  const results = await Promise.allSettled(Array.from({ length: 6 }, accept));
  expect(results.filter(({ status }) => status === "fulfilled")).toEqual([{ status: "fulfilled", value: { email } }]);
  expect(await listMembers(owner)).toMatchObject([{ name: "Grace Hopper", email, role: "member" }, { name: "Olive" }]);
  expect(await listInvitations(owner)).toEqual([]);
  await expect(accept()).rejects.toMatchObject({ code: "gone" });
  await expect(inviteMember(owner, { email, role: "admin" })).rejects.toMatchObject({ code: "conflict" });
  expect((await trailOf(owner)).map(([action, actor]) => `${action} by ${actor}`).toSorted()).toEqual([
    "member.invited by Olive",
    "member.joined by Grace Hopper",
  ]);
});

test("an invitation stops working once it is revoked, resent or seven days old", async ({
  world: { services, clock },
}) => {
  const owner = await ownerOf(services);
  const email = someone();
  const first = tokenOf(await inviteMember(owner, { email, role: "viewer" }));
  const [invitation] = await listInvitations(owner);
  const id = invitation?.id ?? "";
  const second = tokenOf(await resendInvitation(owner, id));
  expect(await previewInvitation(services, first)).toBeNull();
  // The same person is invited again, with another role.
  const third = tokenOf(await inviteMember(owner, { email, role: "admin" }));
  expect(await listInvitations(owner)).toMatchObject([{ id, role: "admin", invitedBy: "Olive" }]);
  expect(await previewInvitation(services, second)).toBeNull();

  const before = clock.now;
  clock.now = new Date(before.getTime() + 7 * DAY - 1);
  expect(await previewInvitation(services, third)).not.toBeNull();
  clock.now = new Date(before.getTime() + 7 * DAY);
  const tooLate = acceptInvitation(services, { token: third, ...PERSON });
  await expect(tooLate).rejects.toMatchObject({ code: "gone" });
  const fourth = tokenOf(await resendInvitation(owner, id));
  expect(await previewInvitation(services, fourth)).not.toBeNull();
  await revokeInvitation(owner, id);
  expect(await previewInvitation(services, fourth)).toBeNull();
  await expect(resendInvitation(owner, id)).rejects.toMatchObject({ code: "not_found" });
});

test("a link is emailed if there is a mail server, and returned to the owner if that fails", async ({
  world: { services },
}) => {
  const mails: Mail[] = [];
  const owner = { ...(await ownerOf(services)), mailer: { send: async (mail: Mail) => void mails.push(mail) } };
  const email = someone();
  expect(await inviteMember(owner, { email, role: "viewer" })).toEqual({ kind: "emailed", email });
  expect(mails).toMatchObject([{ to: email, subject: "Vendor: invitation to Trailport" }]);
  const link = /http:\S+/.exec(mails[0]?.text ?? "")?.[0] ?? "";
  expect(await previewInvitation(services, tokenOf({ link }))).toMatchObject({ email });

  const failing = { ...owner, mailer: { send: () => Promise.reject(new Error("no such mailbox")) } };
  const delivery = await inviteMember(failing, { email, role: "viewer" });
  expect(delivery).toMatchObject({ kind: "unsent", reason: "failed" });
  expect(await previewInvitation(services, tokenOf(delivery))).toMatchObject({ email });
});

test("inviting a member of another workspace is no different from inviting anyone else", async ({
  world: { services },
}) => {
  const owner = await ownerOf(services);
  const elsewhere = await createMember(services, await createWorkspace(services), { role: "viewer" });
  const [known, unknown] = [elsewhere.member.email, someone()];
  const attempts = [];
  for (const email of [known, unknown]) {
    const delivery = await inviteMember(owner, { email, role: "member" });
    const token = tokenOf(delivery);
    const preview = await previewInvitation(services, token);
    const again = await inviteMember(owner, { email, role: "member" });
    attempts.push({
      delivery: { ...delivery, link: "" },
      preview: { ...preview, email: "" },
      again: { ...again, link: "" },
    });
  }
  expect(attempts[0]).toEqual(attempts[1]);
  const pending = (await listInvitations(owner)).map(({ email, role, invitedBy }) => ({ email, role, invitedBy }));
  // Invitations of the same millisecond are listed in any order.
  expect(pending).toHaveLength(2);
  for (const email of [unknown, known]) {
    expect(pending).toContainEqual({ email, role: "member", invitedBy: "Olive" });
  }
});

test("a member of another workspace can accept an invitation only after leaving it", async ({
  world: { services },
}) => {
  const owner = await ownerOf(services);
  const theirs = await ownerOf(services);
  const { member } = await createMember(services, theirs.workspace.id, { role: "viewer" });
  const token = tokenOf(await inviteMember(owner, { email: member.email, role: "member" }));
  const accept = (used: string) => acceptInvitation(services, { token: used, ...PERSON });
  const messageOf = (used: string) => accept(used).then(String, String);
  // The same response as for a link that no longer works.
  expect(await messageOf(token)).toBe(await messageOf("made up"));
  expect(await messageOf(token)).toContain("another workspace");
  await removeMember(theirs, member.id);
  expect(await accept(token)).toEqual({ email: member.email });
});
