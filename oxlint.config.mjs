// Enforces the layers of docs/architecture.md: a layer may import whatever its entry below does not forbid.

const relativeParents = { group: ["../*", "../**"], message: "Import across folders with '@/…'." };

/** Forbids imports that match these patterns. With `types: true`, type imports are allowed. */
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

/** Forbids a shell to import infra, the other shells, and the modules that assemble the process. */
function thinShell(own) {
  const others = ["trpc", "rest", "inngest"].filter((shell) => shell !== own).map((shell) => `@/server/${shell}/**`);
  return forbid({
    group: [
      "@/server/infra/**",
      "@/server/kernel/env",
      "@/server/live-*",
      "@/prisma/**",
      "@/app/**",
      "@/components/**",
      ...others,
    ],
    message: "A shell is thin: it imports domain, auth, kernel and schemas.",
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
    "import/no-cycle": ["error", { ignoreTypes: false }],
    "no-console": "error",
    eqeqeq: "error",
    // The JSX transform needs no React in scope.
    "react/react-in-jsx-scope": "off",
    // Pages, batches and retries must run in order.
    "no-await-in-loop": "off",
    // Lists are small.
    "oxc/no-map-spread": "off",
    "no-shadow": "off",
    "import/no-unassigned-import": "off",
    // pg and clsx are used by their default exports, as their docs do.
    "import/no-named-as-default": "off",
    "import/no-named-as-default-member": "off",
    // A type assertion has its reason in a comment above it, which a reviewer checks.
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
    // CSS removes the meaning of some tables and lists, so their roles are explicit. axe checks the result in the browser.
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
        message: "schemas/ imports only zod: it runs in the browser and on the server.",
      }),
    },
    {
      files: ["server/kernel/**"],
      rules: forbid({
        group: ["@/server/**", "!@/server/kernel/**", "@/app/**", "@/components/**", "@/prisma/**", ...frameworks],
        message: "The kernel imports only schemas and itself.",
        types: true,
      }),
    },
    {
      files: ["server/web/**"],
      rules: forbid({
        group: [
          "@/server/infra/**",
          "@/server/trpc/**",
          "@/server/inngest/**",
          "@/prisma/**",
          "@/app/**",
          "@/components/**",
        ],
        message: "The HTTP server passes requests on; it knows no database, procedure or function.",
      }),
    },
    {
      files: ["server/domain/**"],
      rules: forbid(
        {
          group: ["@/server/infra/**", "@/prisma/**", "!@/prisma/generated/client"],
          message: "The domain imports infra and Prisma only as types.",
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
            "@/server/kernel/env",
            "@/server/live-*",
            "@/app/**",
            "@/components/**",
          ],
          message: "The domain imports no shell, framework or environment.",
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
        message: "infra imports neither domain nor shells.",
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
        message: "auth builds scopes; it imports no shell.",
      }),
    },
    ...["trpc", "rest", "inngest"].map((shell) => ({ files: [`server/${shell}/**`], rules: thinShell(shell) })),
    {
      files: ["components/**"],
      rules: forbid(
        { group: ["@/server/**"], message: "Components import only the router's type.", types: true },
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
      // Tests, the composition root and the start command may import everything.
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
      files: ["server/embedded/host/**"],
      rules: forbid({
        group: ["@/server/embedded/**", "!@/server/embedded/host/**"],
        message: "host/ is the base of the embedded mode: the other folders import it.",
      }),
    },
    {
      files: ["e2e/*.spec.ts"],
      rules: {
        "no-restricted-properties": [
          "error",
          {
            object: "browser",
            property: "newContext",
            message: "Use `newVisitor`, which records what the page does wrong.",
          },
        ],
      },
    },
    {
      // These files run before anything is installed, so they can't use the alias.
      files: [".ci/**", "server/embedded/launcher/**"],
      rules: { "no-restricted-imports": "off" },
    },
    {
      files: ["**/*.mjs", "prisma/*.ts", "server/embedded/**", "bench/**", "docs/examples/**"],
      rules: { "no-console": "off" },
    },
  ],
};
