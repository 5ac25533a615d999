import packageJson from "@/package.json";

/** The version of Trailport, which only package.json defines. */
export const VERSION = packageJson.version;
