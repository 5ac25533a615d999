import { z } from "zod";
import { findDownload } from "@/server/domain/exports/download";
import { described, last } from "@/schemas/wire";
import type { Operation } from "@/server/rest/http/operation";

/** `GET /downloads/{id}` */
export const download: Operation = {
  documentation: {
    summary: "Download an export's file",
    description:
      "The `url` of a ready export. It is signed, so it needs no key, and works for 10 minutes. Returns 403 if the URL was " +
      "changed, and 410 if it has expired or the file was deleted. The headers `x-export-rows`, `x-export-bytes` and " +
      "`x-export-sha256` describe the file. API clients receive the file itself; browsers may be redirected to the blob store.",
    access: "open",
    status: 200,
    query: z.object({ expires: described(last, z.string()), signature: described(last, z.string()) }),
    response: "text/csv",
  },
  handler: (services) => async (request) => {
    const query = request.query();
    const file = await findDownload(services, {
      exportId: request.param("id"),
      expires: query.get("expires") ?? "",
      signature: query.get("signature") ?? "",
    });
    const headers = {
      "cache-control": "private, no-store",
      "referrer-policy": "no-referrer",
      "x-export-sha256": file.sha256,
      "x-export-rows": String(file.rows),
      "x-export-bytes": String(file.bytes),
    };
    const isHead = request.method === "HEAD";
    const isNavigation = !isHead && request.header("sec-fetch-mode") === "navigate";
    const location = isNavigation ? await file.address() : null;
    if (location !== null) return { status: 302, headers: { ...headers, "content-length": "0", location }, body: null };
    return {
      status: 200,
      headers: {
        ...headers,
        "content-type": file.contentType,
        "content-length": String(file.bytes),
        "content-disposition": `attachment; filename="${file.fileName}"`,
        "x-content-type-options": "nosniff",
      },
      body: isHead ? null : await file.open(),
    };
  },
};
