// Holds the Dockerfile, compose.yaml and deploy/ to the application: variables, paths, arguments and secrets.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseAllDocuments, parse } from "yaml";
import { z } from "zod";
import { DEFAULT_DRAIN_SECONDS, shutdownTimeout } from "@/server/kernel/timeouts";
import { VARIABLES } from "@/server/kernel/env";
import { isApiPath } from "@/server/rest/routes";
import { readPagePaths } from "@/server/web/page-paths";

const ROLES = ["web", "worker", "migrate", "create-secrets"];

/** Variables that web and worker don't read themselves: those of the launcher, Node, Next and the AWS SDK. */
const OTHERS = [
  "AWS_ACCESS_KEY_ID",
  "AWS_ENDPOINT_URL_S3",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "DATABASE_OWNER_URL",
  "NEXT_TELEMETRY_DISABLED",
  "NODE_OPTIONS",
  "TRAILPORT_ENV_FILE",
];

const isKnown = (name: string) => VARIABLES.includes(name) || OTHERS.includes(name);
const isSecret = (name: string) => /PASSWORD|SECRET|KEY|TOKEN|DATABASE_URL|OWNER_URL/.test(name);

const strings = z.record(z.string(), z.string());
const compose = z
  .object({
    services: z.record(
      z.string(),
      z.object({
        image: z.string(),
        command: z.array(z.string()).optional(),
        environment: strings.default({}),
        stop_grace_period: z.string().optional(),
      }),
    ),
  })
  .parse(parse(readFileSync("compose.yaml", "utf8"), { merge: true }));
const ours = Object.values(compose.services).filter(({ image }) => image === "trailport");

const probe = z.object({ httpGet: z.object({ path: z.string() }) }).optional();
const variable = z.object({ name: z.string(), value: z.string() });
const container = z.object({
  args: z.array(z.string()).default([]),
  env: z.array(variable).default([]),
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
});
const pod = z.object({
  terminationGracePeriodSeconds: z.number(),
  initContainers: z.array(container).default([]),
  containers: z.array(container),
});
const resource = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string() }),
  data: strings.default({}),
  spec: z
    .object({
      replicas: z.number().optional(),
      strategy: z.object({ type: z.string() }).optional(),
      template: z.object({ spec: pod }).optional(),
    })
    .optional(),
});
const kubernetes = readdirSync("deploy/kubernetes").map((file) => ({
  file,
  resources: parseAllDocuments(readFileSync(join("deploy/kubernetes", file), "utf8")).map((document) => {
    expect(document.errors).toEqual([]);
    return resource.parse(document.toJS());
  }),
}));
const resources = kubernetes.flatMap((each) => each.resources);
const pods = resources.flatMap(({ spec }) => (spec?.template ? [spec.template.spec] : []));
const containers = pods.flatMap((each) => [...each.initContainers, ...each.containers]);
const dockerfile = readFileSync("Dockerfile", "utf8");
const unit = readFileSync("deploy/systemd/trailport.service", "utf8");

test("every variable that the deployment files set is one that Trailport reads", () => {
  const inDockerfile = Array.from(dockerfile.matchAll(/^ENV (.*)$/gm), ([, pairs = ""]) =>
    pairs.split(" ").map((pair) => pair.split("=")[0] ?? ""),
  ).flat();
  const inUnit = Array.from(unit.matchAll(/^Environment=(.*)$/gm), ([, pairs = ""]) =>
    pairs.split(" ").map((pair) => pair.split("=")[0] ?? ""),
  ).flat();
  const names = [
    ...inDockerfile,
    ...inUnit,
    ...ours.flatMap(({ environment }) => Object.keys(environment)),
    ...containers.flatMap(({ env }) => env.map(({ name }) => name)),
    ...resources.flatMap(({ data }) => Object.keys(data)),
  ];

  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !isKnown(name))).toEqual([]);
});

test("no deployment file gives a secret a value", () => {
  const set = [
    ...Object.values(compose.services).flatMap(({ environment }) => Object.keys(environment)),
    ...containers.flatMap(({ env }) => env.map(({ name }) => name)),
    ...resources.flatMap(({ data }) => Object.keys(data)),
  ];
  // It names a file, which the first start fills.
  expect(set.filter(isSecret)).toEqual(["POSTGRES_PASSWORD_FILE"]);
  expect(resources.filter(({ kind }) => kind === "Secret")).toEqual([]);
  // Commands in comments create secrets at random, or leave a gap to fill.
  for (const { file } of kubernetes) {
    const text = readFileSync(join("deploy/kubernetes", file), "utf8");
    for (const [, name = "", value = ""] of text.matchAll(/--from-literal=([A-Z_]+)=(\S+)/g))
      if (isSecret(name)) expect(`${name}: ${value}`).toMatch(/…|openssl/);
  }
});

test("probes ask paths that the web process serves", () => {
  const pages = readPagePaths(process.cwd());
  const probed = containers.flatMap(({ startupProbe, livenessProbe, readinessProbe }) =>
    [startupProbe, livenessProbe, readinessProbe].flatMap((each) => (each ? [each.httpGet.path] : [])),
  );
  const health = Array.from(
    readFileSync("compose.yaml", "utf8").matchAll(/health, (\/[^\]]+)\]/g),
    ([, path = ""]) => path,
  );

  expect([...new Set(probed)].toSorted()).toEqual(["/api/health", "/api/health/ready"]);
  expect([...probed, ...health].filter((path) => !isApiPath(path) && pages.kindOf(path) === null)).toEqual([]);
});

test("containers run what the image knows, and a container on a volume is never replaced while it runs", () => {
  const args = [...containers.map((each) => each.args), ...ours.map(({ command }) => command ?? [])];
  expect(args.flatMap(([role]) => (role === undefined || ROLES.includes(role) ? [] : [role]))).toEqual([]);

  const embedded = resources.filter(({ spec }) =>
    spec?.template?.spec.containers.some((each) => each.args.length === 0),
  );
  expect(embedded.map(({ spec }) => [spec?.replicas, spec?.strategy?.type])).toEqual([[1, "Recreate"]]);
});

test("every file gives a stopping process the time that it may take", () => {
  const graces = [
    ...pods.map((each) => each.terminationGracePeriodSeconds),
    ...ours.flatMap(({ stop_grace_period: grace }) => (grace === undefined ? [] : [Number.parseInt(grace, 10)])),
    Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]),
  ];
  expect(graces.length).toBeGreaterThan(5);
  expect(graces.filter((seconds) => !(seconds * 1000 >= shutdownTimeout(DEFAULT_DRAIN_SECONDS)))).toEqual([]);
});
