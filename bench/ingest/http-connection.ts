import { connect } from "node:net";

const HEAD_END = "\r\n\r\n";

/**
 * Sends the requests that `next` returns, one at a time over one keep-alive connection, until it returns null, and passes each
 * response to `onResponse`. Uses a bare socket, because a Node HTTP client uses more CPU than the server it measures.
 */
export function sendRequests(
  port: number,
  next: () => string | null,
  onResponse: (status: number, body: string, milliseconds: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let received = "";
    let sent = 0;
    const sendNext = () => {
      const request = next();
      if (request === null) return void socket.end(resolve);
      sent = performance.now();
      socket.write(request);
    };
    socket.setEncoding("latin1");
    socket.once("connect", sendNext).once("error", reject);
    socket.on("data", (chunk: string) => {
      received += chunk;
      const start = received.indexOf(HEAD_END) + HEAD_END.length;
      if (start < HEAD_END.length) return;
      const head = received.slice(0, start);
      const length = /^content-length: (\d+)/im.exec(head)?.[1];
      if (length === undefined) return reject(new Error(`A response without content-length: ${head}`));
      if (received.length < start + Number(length)) return;
      const body = received.slice(start);
      received = "";
      onResponse(Number(head.slice(9, 12)), body, performance.now() - sent);
      sendNext();
    });
  });
}
