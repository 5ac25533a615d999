import type { Delivery } from "@/schemas/team/team";
import type { Mail } from "@/server/kernel/ports/mailer";
import type { Services } from "@/server/kernel/services";

/**
 * Brings a link to its reader: by mail, or back to the caller, who hands it on, where there is no mail server or it did
 * not take the mail. `textWith` makes the mail's text.
 */
export async function deliverLink(
  { mailer, log }: Services,
  link: string,
  mail: Omit<Mail, "text"> & { readonly textWith: (link: string) => string },
): Promise<Delivery> {
  if (!mailer) return { by: "hand", link, mail: "none" };
  const { to, subject, textWith } = mail;
  try {
    await mailer.send({ to, subject, text: textWith(link) });
    return { by: "mail", email: to };
  } catch (error) {
    log.warn({ err: error }, "the mail server did not take a mail");
    return { by: "hand", link, mail: "failed" };
  }
}
