import { authEndpoint, type AuthRoute } from "@/server/auth/auth-endpoint";
import { liveServices } from "@/server/live-services";

const handle = (request: Request, route: AuthRoute) => authEndpoint(liveServices(), request, route);

export { handle as GET, handle as POST };
