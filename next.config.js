// @ts-check

/** @type {import("next").NextConfig} */
export default {
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run types` checks them, in every test run; a start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  // No page uses Next's resizing, whose endpoint would write a cache into the application's folder, which may be read-only.
  images: { unoptimized: true },
  // Server-only packages that must be the same instance in Next's graph and in the web process.
  serverExternalPackages: [
    "pg",
    "pino",
    "@prisma/client",
    "@prisma/adapter-pg",
    "inngest",
    "papaparse",
    "@aws-sdk/client-s3",
    "@aws-sdk/s3-request-presigner",
  ],
};
