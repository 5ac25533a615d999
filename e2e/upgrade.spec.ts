import { request as ask, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import { exampleEvent } from "@/schemas/events/event-body";
import { expect, test } from "./fixtures";

test("a request that offers an upgrade to HTTP/2, as from Java or curl, is accepted", async ({
  request,
  trailport,
}) => {
  expect((await request.get("/sign-in")).ok()).toBe(true);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = ask(`${trailport.url}/audit_logs/events`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${trailport.api_key}`,
        "content-type": "application/json",
        connection: "Upgrade, HTTP2-Settings",
        upgrade: "h2c",
        "http2-settings": "AAMAAABkAAQCAAAAAAIAAAAA",
      },
    });
    sent.once("response", resolve).once("error", reject);
    sent.end(JSON.stringify({ organization_id: trailport.organization_id, event: exampleEvent.event }));
  });
  expect({ status: response.statusCode, body: await json(response) }).toEqual({ status: 201, body: { success: true } });
});
