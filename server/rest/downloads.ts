import { Readable } from "node:stream";
import { z } from "zod";
import { openDownload } from "@/server/domain/exports/download";
import type { Operation } from "./endpoint";
import { described, last } from "./wire";

/** `GET /downloads/{export id}` */
export const download: Operation = {
  documentation: {
    summary: "Download an export's file",
    description:
      "The `url` of a ready export leads here. The address is the permission: it needs no key, works for ten minutes, " +
      "and answers 403 when it was changed and 410 when it is too old. `x-export-rows` and `x-export-sha256` say what the file holds.",
    access: "open",
    status: 200,
    query: z.object({ expires: described(last, z.string()), signature: described(last, z.string()) }),
    answer: "text/csv",
  },
  handler: (services) => async (context) => {
    const file = await openDownload(services, {
      exportId: context.req.param("id") ?? "",
      expires: context.req.query("expires") ?? "",
      signature: context.req.query("signature") ?? "",
    });
    // Nobody reads the body of an answer to HEAD, which would leave the file open.
    if (context.req.method === "HEAD") file.body.destroy();
    // Node's type of a web stream and the global one differ in name only.
    const body = context.req.method === "HEAD" ? null : (Readable.toWeb(file.body) as ReadableStream<Uint8Array>);
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
  },
};
