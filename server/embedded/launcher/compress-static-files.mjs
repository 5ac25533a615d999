// Plain JavaScript, for the build.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

const compress = promisify(brotliCompress);

/**
 * Leaves a copy in brotli, as small as it gets, beside each script and style of the folder: `server/web/precompressed-files.ts`
 * answers with it. They never change, so that the time it takes is spent once.
 *
 * @param {string} folder
 */
export async function compressStatic(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.(js|css)$/.test(file));
  for (const file of files) {
    const path = join(folder, file);
    await writeFile(`${path}.br`, await compress(await readFile(path)));
  }
}
