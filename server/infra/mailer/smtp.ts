import { createTransport } from "nodemailer";
import type { Mailer } from "@/server/kernel/ports/mailer";

/** Somebody waits for the answer meanwhile; milliseconds. */
const PATIENCE = 10_000;

/** Mail by an SMTP server: `smtp://user:password@host:587`, or `smtps://` where the connection begins encrypted. */
export function openMailer({ url, from }: { readonly url: string; readonly from: string }): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    // What is sent is text of our own; nothing in it may make the server read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text }) {
      // As an object, the address is not searched for further ones.
      await transport.sendMail({ from, to: { name: "", address: to }, subject, text });
    },
  };
}
