import { previewReset } from "@/server/domain/account/password-reset";
import { previewInvitation } from "@/server/domain/team/accept-invitation";
import type { Services } from "@/server/kernel/services";
import { findSignedIn } from "./member-session";

/** What an invitation's page shows, without using the link up, and the e-mail of who is signed in, if anybody. */
export async function previewInvitationLink(services: Services, token: string) {
  const [invitation, signedIn] = await Promise.all([previewInvitation(services, token), findSignedIn(services)]);
  return { invitation, signedInAs: signedIn?.member.email ?? null };
}

/** Whose password a link sets, or null. */
export function previewResetLink(services: Services, token: string) {
  return previewReset(services, token);
}
