import { inngestEndpoint } from "@/server/live-inngest";

/** Where an Inngest server calls the functions; 404 while the embedded runner drives them. */
const handle = (request: Request) => inngestEndpoint(request);

export { handle as GET, handle as POST, handle as PUT };
