import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { expect, test } from "vitest";
import { openMailer } from "./smtp";

/** Starts a mail server that stores the messages it receives and rejects recipients named nobody. */
async function serveMail() {
  const received: { readonly from: string; readonly to: string[]; readonly text: string }[] = [];
  const server = new SMTPServer({
    authMethods: ["PLAIN"],
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      username === "mailer" && password === "p@ss" ? done(null, { user: username }) : done(new Error("wrong password")),
    onRcptTo: ({ address }, _, done) => done(address.startsWith("nobody@") ? new Error("no such mailbox") : null),
    onData(stream, { envelope: { mailFrom, rcptTo } }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const from = mailFrom ? mailFrom.address : "";
        received.push({ from, to: rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  const socket = server.listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address() as AddressInfo;
  return { received, port, close: () => new Promise<void>((resolve) => server.close(resolve)) };
}

test("an email reaches one recipient with its link intact, whatever its subject contains", async () => {
  const { received, port, close } = await serveMail();
  const from = "Trailport <no-reply@audit.example.com>";
  const mailer = openMailer({ url: `smtp://mailer:p%40ss@127.0.0.1:${port}`, from });
  const link = `http://localhost:3000/invitation?token=${"a".repeat(43)}`;
  const subject = "Ünïcode\r\nBcc: eve@evil.example";
  await mailer.send({ to: "ada@vendor.example", subject, text: `Hello\n\n${link}\n\nמעולה` });
  expect(received).toMatchObject([{ from: "no-reply@audit.example.com", to: ["ada@vendor.example"] }]);
  expect(received[0]?.text).not.toMatch(/^Bcc:/m);
  // Quoted-printable breaks and escapes a long line.
  const decoded = (received[0]?.text ?? "").replaceAll(/=\r\n/g, "").replaceAll("=3D", "=");
  expect(decoded).toContain(link);

  await expect(mailer.send({ to: "nobody@vendor.example", subject: "x", text: "x" })).rejects.toThrow();
  const stranger = openMailer({ url: `smtp://mailer:wrong@127.0.0.1:${port}`, from });
  await expect(stranger.send({ to: "ada@vendor.example", subject: "x", text: "x" })).rejects.toThrow();
  await close();
});
