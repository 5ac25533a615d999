import { redemptionEndpoint } from "@/server/auth/redemption-endpoint";
import { liveServices } from "@/server/live-services";

export const POST = (request: Request) => redemptionEndpoint(liveServices(), request);
