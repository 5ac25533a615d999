import { Readable } from "node:stream";
import type { Context } from "hono";
import { openDownload } from "@/server/domain/exports/download";
import type { Services } from "@/server/services";

/** `GET /downloads/{export id}?expires=…&signature=…`: the address is the permission, for ten minutes. */
export function download(services: Services) {
  return async (context: Context): Promise<Response> => {
    const file = await openDownload(services, {
      exportId: context.req.param("id") ?? "",
      expires: context.req.query("expires") ?? "",
      signature: context.req.query("signature") ?? "",
    });
    // Node's type of a web stream and the global one differ in name only.
    const body = Readable.toWeb(file.body) as ReadableStream<Uint8Array>;
    return new Response(body, {
      headers: {
        "content-type": file.contentType,
        "content-length": String(file.bytes),
        "content-disposition": `attachment; filename="${file.fileName}"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-export-sha256": file.sha256,
        "x-export-rows": String(file.rows),
      },
    });
  };
}
