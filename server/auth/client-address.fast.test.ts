import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { clientAddress, setClientAddress } from "./client-address";

/** Returns the address of a request whose last hop, behind one trusted proxy, is `hop`. */
function addressOf(hop: string): string {
  const request = new IncomingMessage(new Socket());
  request.headers["x-forwarded-for"] = `192.0.2.1, ${hop}`;
  setClientAddress(request, 1);
  return clientAddress(new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)])));
}

test.for([
  ["203.0.113.7", "203.0.113.7"],
  ["203.0.113.7:51000", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["[::FFFF:203.0.113.7]:51000", "203.0.113.7"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["[2001:DB8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"],
  ["127.1", "unknown"],
  ["0x7f.0.0.1", "unknown"],
  ["010.0.0.1", "unknown"],
  ["a.example", "unknown"],
] as const)("%s counts as the address %s", ([hop, address]) => {
  expect(addressOf(hop)).toBe(address);
});

test("a client cannot set its address by sending the internal header", () => {
  const request = new IncomingMessage(new Socket());
  request.headers["x-trailport-client-address"] = "203.0.113.7";
  setClientAddress(request, 0);
  expect(request.headers["x-trailport-client-address"]).toBe("unknown");
});
