import { ApiReference } from "@/components/api-reference/api-reference";
import { liveServices } from "@/server/live-services";
import { cachedDocument } from "@/server/rest/openapi/openapi-route";
import { documentedRoutes } from "@/server/rest/routes";

export const metadata = { title: "API reference" };

export default async function ApiReferencePage() {
  return <ApiReference document={await cachedDocument(documentedRoutes, liveServices())} />;
}
