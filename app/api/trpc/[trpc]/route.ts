import { liveServices } from "@/server/live-services";
import { staffEndpoint } from "@/server/trpc/endpoint";

const handle = (request: Request) => staffEndpoint(liveServices(), request);

export { handle as GET, handle as POST };
