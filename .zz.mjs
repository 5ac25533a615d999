import { build } from "esbuild";
await build({ entryPoints: ["/tmp/eng/export.mts"], bundle: true, platform: "node", format: "esm", packages: "external", outfile: "/work/main/node_modules/.zz-export.mjs", tsconfig: "/work/main/tsconfig.json", alias: {"@": "/work/main"} });
