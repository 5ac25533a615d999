import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "./fixtures";

const run = promisify(execFile);

test("the command in README that sends a first event works", async ({ trailport }) => {
  const readme = await readFile("README.md", "utf8");
  const command = /```sh\n(curl [\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const variables = {
    TRAILPORT_URL: trailport.url,
    TRAILPORT_API_KEY: trailport.api_key,
    ORGANIZATION_ID: trailport.organization_id,
  };
  const { stdout } = await run("bash", ["-c", command], { env: { ...process.env, ...variables } });
  expect(JSON.parse(stdout)).toEqual({ success: true });
});

for (const file of ["docs/examples/first-event.ts", "docs/examples/internal-tool.ts"]) {
  test(`README shows ${file} unchanged, and it runs`, async ({ trailport }) => {
    expect(await readFile("README.md", "utf8")).toContain(
      `<!-- ${file} -->\n\n\`\`\`ts\n${await readFile(file, "utf8")}\`\`\``,
    );
    const { hostname, port } = new URL(trailport.url);
    const variables = {
      TRAILPORT_URL: trailport.url,
      TRAILPORT_HOST: hostname,
      TRAILPORT_PORT: port,
      TRAILPORT_API_KEY: trailport.api_key,
      ORGANIZATION_ID: trailport.organization_id,
    };
    const { stderr } = await run(process.execPath, ["--import", "tsx", file], {
      env: { ...process.env, ...variables },
    });
    expect(stderr).toBe("");
  });
}
