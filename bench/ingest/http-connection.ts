import { connect } from "node:net";

const HEAD_END = "\r\n\r\n";

/**
 * One keep-alive connection with one request at a time, on the bare socket: an HTTP client of Node's takes more of the
 * machine than the server it measures. Sends what `next` gives until it gives null; each answer goes to `answered`.
 */
export function converse(
  port: number,
  next: () => string | null,
  answered: (status: number, body: string, milliseconds: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let received = "";
    let sent = 0;
    const ask = () => {
      const request = next();
      if (request === null) return void socket.end(resolve);
      sent = performance.now();
      socket.write(request);
    };
    socket.setEncoding("latin1");
    socket.once("connect", ask).once("error", reject);
    socket.on("data", (chunk: string) => {
      received += chunk;
      const start = received.indexOf(HEAD_END) + HEAD_END.length;
      if (start < HEAD_END.length) return;
      const head = received.slice(0, start);
      const length = /^content-length: (\d+)/im.exec(head)?.[1];
      if (length === undefined) return reject(new Error(`An answer without content-length: ${head}`));
      if (received.length < start + Number(length)) return;
      const body = received.slice(start);
      received = "";
      answered(Number(head.slice(9, 12)), body, performance.now() - sent);
      ask();
    });
  });
}
