import NextAuth from "next-auth";
import { authOptions } from "@/server/auth/next-auth";
import { liveServices } from "@/server/live-services";

type Route = { params: Promise<{ nextauth: string[] }> };

// next-auth's types know this form of a route handler only as `any`.
const handle = (request: Request, route: Route): Promise<Response> => {
  const services = liveServices();
  return NextAuth(
    request as never,
    route as never,
    authOptions(services, services.config.authSecret),
  ) as Promise<Response>;
};

export { handle as GET, handle as POST };
