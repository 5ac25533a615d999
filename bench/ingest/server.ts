import { createServer } from "node:http";
import { closeLiveServices, liveServices } from "@/server/live-services";
import { apiListener } from "@/server/rest/api-listener";

// The REST API of server/main.ts without the pages, which would have to be built first.
const server = createServer(apiListener(liveServices()));
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
const stop = () => {
  server.closeAllConnections();
  server.close(() => void closeLiveServices().finally(() => process.exit(0)));
};
process.on("SIGTERM", stop);
// The benchmark process has exited.
process.on("disconnect", stop);
