import type { APIRequestContext } from "@playwright/test";
import { z } from "zod";
import { generateLink } from "@/e2e/portal-link";
import type { FirstStart } from "@/e2e/trailport-process";
import type { ScreenUrls } from "./screens";

const link = z.object({ link: z.string() });
const trpcResponse = z.object({ result: z.object({ data: z.object({ json: z.unknown() }) }) });

/** Returns the URLs of screens, and creates links to some of them with the requests of a signed-in owner. */
export function screenUrls(request: APIRequestContext, trailport: FirstStart, environmentId: string): ScreenUrls {
  const call = async <Json>(procedure: string, input: object | null, json: z.ZodType<Json>): Promise<Json> => {
    const url = `${trailport.url}/api/trpc/${procedure}`;
    const headers = { "x-trailport-environment": environmentId };
    const response = await (input === null
      ? request.get(url, { headers })
      : request.post(url, { headers, data: { json: input } }));
    return json.parse(trpcResponse.parse(await response.json()).result.data.json);
  };
  const environment = `/dashboard/${environmentId}`;
  return {
    environment,
    organization: `${environment}/organizations/${trailport.organization_id}`,
    portalLink: () => generateLink(trailport),
    async invitation() {
      const invited = { email: `grace.${Date.now()}@vendor.example`, role: "viewer" };
      return (await call("team.invite", invited, link)).link;
    },
    async resetLink() {
      const members = z.array(z.object({ id: z.string(), email: z.string() }));
      const owner = (await call("team.members", null, members)).find(({ email }) => email === trailport.email);
      return (await call("team.createResetLink", { memberId: owner?.id }, link)).link;
    },
  };
}
