import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { expect, test } from "vitest";
import { openMailer } from "./smtp";

/** A mail server that keeps what it takes, and refuses one recipient. */
async function serveMail() {
  const taken: { readonly from: string; readonly to: string[]; readonly text: string }[] = [];
  const server = new SMTPServer({
    authMethods: ["PLAIN"],
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      username === "mailer" && password === "p@ss" ? done(null, { user: username }) : done(new Error("refused")),
    onRcptTo: ({ address }, _, done) => done(address.startsWith("nobody@") ? new Error("no such mailbox") : null),
    onData(stream, { envelope: { mailFrom, rcptTo } }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const from = mailFrom ? mailFrom.address : "";
        taken.push({ from, to: rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  const socket = server.listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address() as AddressInfo;
  return { taken, port, close: () => new Promise<void>((resolve) => server.close(resolve)) };
}

test("a mail arrives with its link whole, at one recipient, whatever the names in it", async () => {
  const { taken, port, close } = await serveMail();
  const from = "Trailport <no-reply@audit.example.com>";
  const mailer = openMailer({ url: `smtp://mailer:p%40ss@127.0.0.1:${port}`, from });
  const link = `http://localhost:3000/invitation?token=${"a".repeat(43)}`;
  const subject = "Ünïcode\r\nBcc: eve@evil.example";
  await mailer.send({ to: "ada@vendor.example", subject, text: `Hello\n\n${link}\n\nמעולה` });
  expect(taken).toMatchObject([{ from: "no-reply@audit.example.com", to: ["ada@vendor.example"] }]);
  expect(taken[0]?.text).not.toMatch(/^Bcc:/m);
  // Quoted-printable breaks and escapes a long line; what it spells is the link.
  const decoded = (taken[0]?.text ?? "").replaceAll(/=\r\n/g, "").replaceAll("=3D", "=");
  expect(decoded).toContain(link);

  await expect(mailer.send({ to: "nobody@vendor.example", subject: "x", text: "x" })).rejects.toThrow();
  const stranger = openMailer({ url: `smtp://mailer:wrong@127.0.0.1:${port}`, from });
  await expect(stranger.send({ to: "ada@vendor.example", subject: "x", text: "x" })).rejects.toThrow();
  await close();
});
