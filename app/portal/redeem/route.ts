import { redemptionEndpoint } from "@/server/auth/redemption";
import { liveServices } from "@/server/live-services";

export const POST = (request: Request) => redemptionEndpoint(liveServices(), request);
