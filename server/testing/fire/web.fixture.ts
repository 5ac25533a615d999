import { createServer } from "node:http";
import { liveServices } from "@/server/live-services";
import { apiListener } from "@/server/rest/listener";

// The REST half of server/main.ts in a process that a test kills: `node web.fixture.js <port>`.
const port = Number(process.argv[2]);
createServer(apiListener(liveServices())).listen(port, "127.0.0.1", () => process.send?.("ready"));
process.on("disconnect", () => process.exit(0));
