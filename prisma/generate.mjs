// `npm run generate` creates Prisma's client from schema.prisma, without a network. Does nothing if it is up to date.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const stampFile = join(folder, "generated", ".stamp");

const stamp = createHash("sha256")
  .update(readFileSync(join(folder, "schema.prisma")))
  .update(readFileSync(require.resolve("prisma/package.json")))
  .digest("hex");

const stampIsCurrent = existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
if (!stampIsCurrent) {
  try {
    execFileSync(process.execPath, [require.resolve("prisma/build/index.js"), "generate"], {
      cwd: dirname(folder),
      stdio: "pipe",
      encoding: "utf8",
      env: {
        ...process.env,
        // Generating needs no schema engine, but Prisma downloads one unless this names an existing file.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ""}${error.stderr ?? ""}`);
    process.exit(1);
  }
  writeFileSync(stampFile, stamp);
}
