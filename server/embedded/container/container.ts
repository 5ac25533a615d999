// The entry point of the container image. The first argument chooses what the container runs:
//
//   (none)          everything: PostgreSQL, web and worker, as `npm start` does
//   web             the web process alone
//   worker          the worker process alone
//   migrate         applies migrations, creates the first workspace, and ends
//   create-secrets  writes random secrets for compose.yaml on the first start, and ends
//   health          fails unless the process in this container responds on its port
//
// Further arguments that begin with `--`, such as `--empty`, are those of the start command.
import { printLine } from "@/server/embedded/host/progress.mjs";
import { loadEnvFile } from "@/server/embedded/launcher/env-file.mjs";
import { checkHealth } from "./check-health";
import { createSecrets } from "./create-secrets";
import { prepareRole } from "./prepare-role";

const ROLES = "web, worker, migrate, or nothing for everything in one container";

async function run(role: string, argument: string | undefined): Promise<void> {
  switch (role) {
    case "":
    case "migrate":
      await import("@/server/embedded/supervisor/start");
      return;
    case "web":
      await prepareRole("web");
      await import("@/server/main");
      return;
    case "worker":
      await prepareRole("worker");
      await import("@/server/worker");
      return;
    case "create-secrets":
      await createSecrets(argument ?? "/secrets");
      return;
    case "health":
      await checkHealth(argument ?? "/api/health");
      return;
    default:
      throw new Error(`There is no "${role}". The image runs ${ROLES}.`);
  }
}

const [first = "", argument] = process.argv.slice(2);
try {
  // The image starts it in the application's folder.
  for (const notice of loadEnvFile(process.cwd())) printLine(`NOTE: ${notice}`);
  await run(first.startsWith("--") ? "" : first, argument);
} catch (error) {
  // A TypeError and the like is a bug, and finding it takes the stack.
  const isExpected = error instanceof Error && error.name === "Error";
  console.error(`\n  ${isExpected ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}
