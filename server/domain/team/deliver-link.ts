import type { Delivery } from "@/schemas/team/team";
import type { Mail } from "@/server/kernel/ports/mailer";
import type { Services } from "@/server/kernel/services";

/**
 * Emails a link, or returns it to the caller to pass on if no mail server is configured or it did not accept the email.
 * `textWith` returns the email's text.
 */
export async function deliverLink(
  { mailer, log }: Services,
  link: string,
  mail: Omit<Mail, "text"> & { readonly textWith: (link: string) => string },
): Promise<Delivery> {
  if (!mailer) return { kind: "unsent", link, reason: "no_mail_server" };
  const { to, subject, textWith } = mail;
  try {
    await mailer.send({ to, subject, text: textWith(link) });
    return { kind: "emailed", email: to };
  } catch (error) {
    log.warn({ err: error }, "the mail server did not accept an email");
    return { kind: "unsent", link, reason: "failed" };
  }
}
