import { authEndpoint } from "@/server/auth/auth-endpoint";
import { liveServices } from "@/server/live-services";

type Route = { params: Promise<{ nextauth: string[] }> };

const handle = (request: Request, route: Route) => authEndpoint(liveServices(), request, route);

export { handle as GET, handle as POST };
