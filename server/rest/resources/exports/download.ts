import { Readable } from "node:stream";
import { z } from "zod";
import { findDownload } from "@/server/domain/exports/download";
import { described, last } from "@/schemas/wire";
import type { Operation } from "@/server/rest/http/endpoint";

/** `GET /downloads/{export id}` */
export const download: Operation = {
  documentation: {
    summary: "Download an export's file",
    description:
      "The `url` of a ready export leads here. The address is the permission: it needs no key, works for ten minutes, " +
      "and answers 403 when it was changed and 410 when it is too old or the file has been deleted. `x-export-rows`, " +
      "`x-export-bytes` and `x-export-sha256` say what the file holds, wherever it comes from. A program gets the file; a browser that is sent here may be led on to the " +
      "store that keeps it.",
    access: "open",
    status: 200,
    query: z.object({ expires: described(last, z.string()), signature: described(last, z.string()) }),
    answer: "text/csv",
  },
  handler: (services) => async (context) => {
    const file = await findDownload(services, {
      exportId: context.req.param("id") ?? "",
      expires: context.req.query("expires") ?? "",
      signature: context.req.query("signature") ?? "",
    });
    const headers = {
      "cache-control": "private, no-store",
      "referrer-policy": "no-referrer",
      "x-export-sha256": file.sha256,
      "x-export-rows": String(file.rows),
      "x-export-bytes": String(file.bytes),
    };
    const isHead = context.req.method === "HEAD";
    const navigates = !isHead && context.req.header("sec-fetch-mode") === "navigate";
    const location = navigates ? await file.address() : null;
    if (location !== null) return new Response(null, { status: 302, headers: { ...headers, location } });
    // Node's type of a web stream and the global one differ in name only.
    const body = isHead ? null : (Readable.toWeb(await file.open()) as ReadableStream<Uint8Array>);
    return new Response(body, {
      headers: {
        ...headers,
        "content-type": file.contentType,
        "content-length": String(file.bytes),
        "content-disposition": `attachment; filename="${file.fileName}"`,
        "x-content-type-options": "nosniff",
      },
    });
  },
};
