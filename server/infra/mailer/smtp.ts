import { createTransport } from "nodemailer";
import type { Mailer } from "@/server/kernel/ports/mailer";

/** In milliseconds: a person waits for the result. */
const TIMEOUT = 10_000;

/** Sends email by an SMTP server: `smtp://user:password@host:587`, or `smtps://` if the connection starts encrypted. */
export function openMailer({ url, from }: { readonly url: string; readonly from: string }): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
    // We send our own text only. Nothing in it may make nodemailer read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text }) {
      // nodemailer parses a string for several addresses, but not an object.
      await transport.sendMail({ from, to: { name: "", address: to }, subject, text });
    },
  };
}
