import { startS3Server } from "@/.ci/s3-server.mjs";
import { build, isBuilt } from "@/server/embedded/launcher/build.mjs";

/** Builds Trailport if the sources have changed, and starts an S3 server if this machine can run one. Returns the teardown. */
export default async function setUp(): Promise<() => void> {
  if (!isBuilt()) await build();
  return startS3Server();
}
