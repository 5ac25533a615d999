// Plain JavaScript: the build runs it.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

const compress = promisify(brotliCompress);

/**
 * Writes a brotli copy next to each script and style sheet in the folder; `server/web/precompressed-files.ts` serves
 * them. The files never change after the build, so the slowest and smallest compression is worth its time.
 *
 * @param {string} folder
 */
export async function compressStaticFiles(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.(js|css)$/.test(file));
  for (const file of files) {
    const path = join(folder, file);
    await writeFile(`${path}.br`, await compress(await readFile(path)));
  }
}
