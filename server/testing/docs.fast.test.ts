import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { VARIABLES } from "@/server/kernel/env";

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(file));

/** Returns the anchors that a Markdown page offers, spelled as code hosts spell them. */
function anchorsOf(file: string): string[] {
  const headings = readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gm);
  return Array.from(headings, ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test("every relative link in the docs leads to a file and a heading that exist", () => {
  const broken = files.flatMap((file) => {
    const prose = readFileSync(file, "utf8").replaceAll(/```[\s\S]*?```/g, "");
    return Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, link = ""]) => link)
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [target = "", anchor] = link.split("#");
        const linked = target === "" ? file : path.join(path.dirname(file), target);
        return !existsSync(linked) || (anchor !== undefined && !anchorsOf(linked).includes(anchor));
      })
      .map((link) => `${file}: ${link}`);
  });
  expect(broken).toEqual([]);
});

test("every npm script that the docs mention exists", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  const mentioned = files.flatMap((file) =>
    Array.from(readFileSync(file, "utf8").matchAll(/npm run ([\w:-]+)/g), ([, name = ""]) => name),
  );
  expect(mentioned.filter((name) => !(name in scripts))).toEqual([]);
});

test(".env.example lists exactly the variables that can be configured", () => {
  const listed = Array.from(readFileSync(".env.example", "utf8").matchAll(/^#?([A-Z_]+)=/gm), ([, name = ""]) => name);
  // The start command sets these itself; it alone reads DATABASE_OWNER_URL, and TRAILPORT_ENV_FILE before any other.
  const internal = [
    "NODE_ENV",
    "TRAILPORT_EMBEDDED_RUNNER",
    "TRAILPORT_WORKER_PORT",
    "TRAILPORT_WORKER_HOST",
    "TRAILPORT_DATABASE_DIR",
  ];
  const expected = [
    ...VARIABLES.filter((name) => !internal.includes(name)),
    "DATABASE_OWNER_URL",
    "TRAILPORT_ENV_FILE",
  ];
  expect(listed.toSorted()).toEqual(expected.toSorted());
});
