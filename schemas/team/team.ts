import { z } from "zod";
import { ROLES, type Role } from "./roles";
import { storableText } from "@/schemas/text";

/** An email address, trimmed and in lower case, as it is stored for members. */
export const email = storableText(320)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email("Enter a valid email address."));

const role = z.enum(ROLES);

export const newInvitation = z.object({ email, role });
export type NewInvitation = z.output<typeof newInvitation>;

export const roleChange = z.object({ memberId: z.string().max(100), role });

export interface TeamMember {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
}

/** A person who can become a member with the link in the invitation, until it expires. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly sentAt: Date;
  readonly expiresAt: Date;
}

/**
 * Whether a link was emailed. If not, because no mail server is configured or sending failed, the caller must pass the
 * link on.
 */
export type Delivery =
  | { readonly kind: "emailed"; readonly email: string }
  | { readonly kind: "unsent"; readonly link: string; readonly reason: "no_mail_server" | "failed" };

/** What the invitation page shows before the invitation is accepted. */
export interface InvitationPreview {
  readonly email: string;
  readonly role: Role;
  readonly workspaceName: string;
  readonly invitedBy: string;
}
