import { ApiReference } from "@/components/api-reference/api-reference";
import { liveServices } from "@/server/live-services";
import { openApiDocument } from "@/server/rest/openapi/document";
import { documentedRoutes } from "@/server/rest/routes";

export const metadata = { title: "API reference" };

export default function ApiReferencePage() {
  return <ApiReference document={openApiDocument(documentedRoutes, liveServices().config.publicUrl)} />;
}
