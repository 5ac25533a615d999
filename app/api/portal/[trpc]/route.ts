import { liveServices } from "@/server/live-services";
import { portalEndpoint } from "@/server/trpc/endpoint";

const handle = (request: Request) => portalEndpoint(liveServices(), request);

export { handle as GET, handle as POST };
