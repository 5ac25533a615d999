import { liveServices } from "@/server/live-services";
import { securityTxt } from "@/server/web/security-txt";

export const GET = () => securityTxt(liveServices());
