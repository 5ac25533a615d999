import { z } from "zod";
import { ROLES, type Role } from "./roles";
import { storableText } from "@/schemas/text";

/** An e-mail address as members are known by: without spaces around it, in lower case. */
export const email = storableText(320)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email("This is not an e-mail address."));

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

/** Somebody who may become a member with the link that was sent, until it expires. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly sentAt: Date;
  readonly expiresAt: Date;
}

/** How a link reaches its reader: by mail, or by hand, since there is no mail server or it did not take the mail. */
export type Delivery =
  | { readonly by: "mail"; readonly email: string }
  | { readonly by: "hand"; readonly link: string; readonly mail: "none" | "failed" };

/** What an invitation's page shows before anything is accepted. */
export interface InvitationPreview {
  readonly email: string;
  readonly role: Role;
  readonly workspaceName: string;
  readonly invitedBy: string;
}
