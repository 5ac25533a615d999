// The layers of docs/architecture.md, held: each may import what its entry leaves open.

const relativeParents = { group: ["../*", "../**"], message: "Between folders import by '@/…'." };

/** Forbids imports of these patterns, types excepted where `types` says so. */
function forbid(...rules) {
  return {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          relativeParents,
          ...rules.map(({ group, message, types = false }) => ({ group, message, allowTypeImports: types })),
        ],
      },
    ],
  };
}

/** What a way in may not import: infra, the other ways in, and whatever puts the process together. */
function thinShell(own) {
  const others = ["trpc", "rest", "inngest"].filter((shell) => shell !== own).map((shell) => `@/server/${shell}/**`);
  return forbid({
    group: [
      "@/server/infra/**",
      "@/server/env",
      "@/server/live-*",
      "@/prisma/**",
      "@/app/**",
      "@/components/**",
      ...others,
    ],
    message: "A shell is thin: domain, auth, schemas.",
  });
}

const frameworks = [
  "next",
  "next/**",
  "react",
  "react-dom",
  "@trpc/**",
  "inngest",
  "inngest/**",
  "next-auth",
  "next-auth/**",
  "hono",
  "hono/**",
];

export default {
  plugins: ["typescript", "import", "react", "unicorn", "jsx-a11y", "oxc"],
  categories: { correctness: "error", suspicious: "error", perf: "warn" },
  ignorePatterns: ["prisma/generated", ".next", "dist", "node_modules", "next-env.d.ts"],
  options: { denyWarnings: true, reportUnusedDisableDirectives: "error" },
  rules: {
    "typescript/no-floating-promises": "error",
    "typescript/await-thenable": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "import/no-cycle": "error",
    "no-console": "error",
    eqeqeq: "error",
    // The new JSX transform needs no React in scope.
    "react/react-in-jsx-scope": "off",
    // Order matters more often than speed does: pages, batches, retries.
    "no-await-in-loop": "off",
    // Small lists only.
    "oxc/no-map-spread": "off",
    "no-shadow": "off",
    "import/no-unassigned-import": "off",
    // pg and clsx are used by their default exports, as their docs do.
    "import/no-named-as-default": "off",
    "import/no-named-as-default-member": "off",
    // Assertions carry their reason above them; a reader judges it, not a rule.
    "typescript/no-unsafe-type-assertion": "off",
    "typescript/unbound-method": "off",
    "typescript/require-array-sort-compare": "off",
    "typescript/no-misused-promises": ["error", { checksVoidReturn: { arguments: false, attributes: false } }],
    "consistent-return": "off",
    "typescript/consistent-return": "off",
    "unicorn/consistent-function-scoping": "off",
    "unicorn/prefer-set-has": "off",
    "no-underscore-dangle": "off",
    "no-unmodified-loop-condition": "off",
    "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    // Roles are said again where CSS takes a table's or list's meaning away; axe judges the result in the browser.
    "jsx-a11y/prefer-tag-over-role": "off",
    "jsx-a11y/no-redundant-roles": "off",
    "jsx-a11y/no-interactive-element-to-noninteractive-role": "off",
    ...forbid(),
  },
  overrides: [
    {
      files: ["schemas/**"],
      rules: forbid({
        group: ["@/**", "!@/schemas/**", ...frameworks],
        message: "schemas/ is zod only: it runs in browser and server.",
      }),
    },
    {
      files: ["server/domain/**"],
      rules: forbid(
        {
          group: ["@/server/infra/**", "@/prisma/**", "!@/prisma/generated/client"],
          message: "The domain knows infra and Prisma as types.",
          types: true,
        },
        {
          group: [
            ...frameworks,
            "@/server/auth/**",
            "@/server/trpc/**",
            "@/server/rest/**",
            "@/server/inngest/**",
            "@/server/embedded/**",
            "@/server/env",
            "@/server/live-*",
            "@/app/**",
            "@/components/**",
          ],
          message: "The domain knows no shell, no framework and no environment.",
        },
      ),
    },
    {
      files: ["server/infra/**"],
      rules: forbid({
        group: [
          "@/server/domain/**",
          "@/server/auth/**",
          "@/server/trpc/**",
          "@/server/rest/**",
          "@/server/inngest/**",
          "@/app/**",
          "@/components/**",
        ],
        message: "infra knows neither domain nor shells.",
      }),
    },
    {
      files: ["server/auth/**"],
      rules: forbid({
        group: [
          "@/server/trpc/**",
          "@/server/rest/**",
          "@/server/inngest/**",
          "@/server/infra/**",
          "@/server/live-*",
          "@/app/**",
          "@/components/**",
        ],
        message: "auth builds scopes; it knows no shell.",
      }),
    },
    ...["trpc", "rest", "inngest"].map((shell) => ({ files: [`server/${shell}/**`], rules: thinShell(shell) })),
    {
      files: ["components/**"],
      rules: forbid(
        { group: ["@/server/**"], message: "Components see the router's type only.", types: true },
        { group: ["@/app/**", "@/prisma/**", "pg", "node:*"], message: "Components run in the browser." },
      ),
    },
    {
      files: ["app/**"],
      rules: forbid({
        group: ["@/server/infra/**", "@/prisma/**", "@/server/domain/**"],
        message: "Pages go through auth and the routers.",
        types: true,
      }),
    },
    {
      // Tests, the composition root and what a start needs stand outside the layers.
      files: [
        "**/*.test.ts",
        "server/testing/**",
        "e2e/**",
        "server/embedded/**",
        "server/live-*.ts",
        "server/main.ts",
        "server/worker.ts",
        "bench/**",
      ],
      rules: forbid(),
    },
    {
      files: ["e2e/*.spec.ts"],
      rules: {
        "no-restricted-properties": [
          "error",
          { object: "browser", property: "newContext", message: "`newVisitor` makes one that is listened to." },
        ],
      },
    },
    {
      // Run before anything is installed, so without the alias.
      files: [".ci/**", "server/embedded/launcher/**"],
      rules: { "no-restricted-imports": "off" },
    },
    {
      files: ["**/*.mjs", "prisma/*.ts", "server/embedded/**", "bench/**", "docs/examples/**"],
      rules: { "no-console": "off" },
    },
  ],
};
