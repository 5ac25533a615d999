import { ApiReference } from "@/components/api-reference/api-reference";
import { liveServices } from "@/server/live-services";
import { openApiDocument } from "@/server/rest/openapi/document";

export const metadata = { title: "API reference" };

export default function ApiReferencePage() {
  return <ApiReference document={openApiDocument(liveServices().config.publicUrl)} />;
}
