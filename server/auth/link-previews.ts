import { previewReset } from "@/server/domain/account/password-reset";
import { previewInvitation } from "@/server/domain/team/accept-invitation";
import type { Services } from "@/server/kernel/services";
import { findSignedIn } from "./member-session";

/** Returns what the page of an invitation shows, without using the link, and the email of the signed-in member, if any. */
export async function previewInvitationLink(services: Services, token: string) {
  const [invitation, signedIn] = await Promise.all([previewInvitation(services, token), findSignedIn(services)]);
  return { invitation, signedInAs: signedIn?.member.email ?? null };
}

/** Returns whose password a link resets, without using it; null if the link is not valid. */
export function previewResetLink(services: Services, token: string) {
  return previewReset(services, token);
}
