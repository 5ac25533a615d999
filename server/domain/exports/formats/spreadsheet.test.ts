import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect } from "vitest";
import { anEvent, storeEvents } from "@/server/testing/factories";
import { test } from "@/server/testing/fixtures";
import { FORMULAS, SPLIT_FORMULAS } from "@/server/testing/formula-corpus";
import { request, runExport } from "@/server/testing/run-export";

const hasLibreOffice = spawnSync("soffice", ["--version"]).status === 0;
const note = hasLibreOffice ? "" : " (skipped: LibreOffice is not installed)";

/** Import options: double quote, UTF-8, and evaluate formulas, which a careless person might choose. */
const EVALUATING = "34,76,1,,0,false,true,false,false,false,-1,true";

/** Returns the formulas that LibreOffice finds in a CSV file if it splits lines at this character. */
async function formulasIn(csv: string | Buffer, separator = ","): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "spreadsheet-"));
  try {
    await writeFile(path.join(folder, "file.csv"), csv);
    const profile = `-env:UserInstallation=${pathToFileURL(path.join(folder, "profile")).href}`;
    const filter = `--infilter=CSV:${separator.charCodeAt(0)},${EVALUATING}`;
    const conversion = ["--convert-to", "fods", filter, "--outdir", folder];
    await promisify(execFile)("soffice", [profile, "--headless", ...conversion, path.join(folder, "file.csv")]);
    const sheet = await readFile(path.join(folder, "file.fods"), "utf8");
    return sheet.match(/table:formula="[^"]*"/g) ?? [];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test.skipIf(!hasLibreOffice)(
  `LibreOffice runs no cell of a file, whatever the events contain and where it splits${note}`,
  { timeout: 240_000 },
  async ({ organization }) => {
    expect(await formulasIn('=1+1,"=2+2"\r\n')).toHaveLength(2);
    await storeEvents(
      organization,
      [...FORMULAS, ...SPLIT_FORMULAS].map((text) =>
        anEvent({
          action: text.replaceAll("/", ""),
          actor: { id: text, type: text, name: text, metadata: { value: text } },
          targets: [{ id: text, type: text, name: text, metadata: null }],
          context: { location: text, userAgent: text },
          metadata: { value: text },
        }),
      ),
    );
    const file = await runExport(organization, await request(organization));
    expect(file.toString("utf8")).toContain("HYPERLINK");
    for (const separator of [",", ";", "\t"]) expect(await formulasIn(file, separator)).toEqual([]);
  },
);
