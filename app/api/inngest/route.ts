import { inngestEndpoint } from "@/server/live-inngest";

/** Lets an Inngest server call the functions. Returns 404 while the embedded runner calls them instead. */
const handle = (request: Request) => inngestEndpoint(request);

export { handle as GET, handle as POST, handle as PUT };
