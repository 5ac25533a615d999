import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

export type SchemaEngine = bindings.SchemaEngine;

/** Everything may be compared: the tables that Prisma does not know live in schemas of their own. */
export const noFilter: bindings.SchemaFilter = { externalTables: [], externalEnums: [] };

/**
 * Lends Prisma's own schema engine, as WebAssembly, on the database behind `databaseUrl`.
 *
 * @param runScript runs the text of one migration; see {@link wholeScript}.
 */
export async function withSchemaEngine<Result>(
  databaseUrl: string,
  runScript: ScriptRunner,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  await loadBindings();
  // The engine does not close a pool that the adapter makes.
  const pool = new pg.Pool({ connectionString: databaseUrl });
  const adapter = adaptToEngine(new PrismaPg(pool), runScript);
  // The engine logs what it also throws.
  const ignoreLog = () => undefined;
  try {
    const engine = await bindings.SchemaEngine.new(
      { datamodels: undefined },
      ignoreLog,
      bindMigrationAwareSqlAdapterFactory(adapter),
    );
    return await work(engine).finally(() => engine.free());
  } finally {
    await pool.end();
  }
}

export type ScriptRunner = (adapter: SqlDriverAdapter, script: string) => Promise<void>;

/**
 * Sends the script as one message, which PostgreSQL runs as one transaction. The adapter's own `executeScript` splits
 * at every semicolon, inside function bodies and comments too.
 */
export const wholeScript: ScriptRunner = async (adapter, script) => {
  await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
};

function adaptToEngine(factory: PrismaPg, runScript: ScriptRunner): SqlMigrationAwareDriverAdapterFactory {
  const wrap = (adapter: SqlDriverAdapter): SqlDriverAdapter => {
    adapter.executeScript = (script) => runScript(adapter, script);
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) =>
      withCharacters(await queryRaw({ ...query, sql: withoutInternalChar(query.sql) }));
    return adapter;
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => wrap(await factory.connect()),
    connectToShadowDb: async () => wrap(await factory.connectToShadowDb()),
  };
}

/** The adapter does not know PostgreSQL's internal type `"char"`, of which the engine asks for three catalogue columns. */
function withoutInternalChar(sql: string): string {
  return sql
    .replace("constr.contype AS constraint_type,", "constr.contype::text AS constraint_type,")
    .replace("con.confdeltype,", "con.confdeltype::text AS confdeltype,")
    .replace("con.confupdtype,", "con.confupdtype::text AS confupdtype,");
}

const characterColumns = ["constraint_type", "confdeltype", "confupdtype"];

function withCharacters(result: SqlResultSet): SqlResultSet {
  const columnTypes = result.columnTypes.map((type, index) =>
    characterColumns.includes(result.columnNames[index] ?? "") ? ColumnTypeEnum.Character : type,
  );
  return { ...result, columnTypes };
}

/** The engine leaves a ten-second timer behind, which would keep a finished process from ending. */
function quietTimers(): WebAssembly.ModuleImports {
  const names = Object.keys(bindings).filter((name) => name.startsWith("__wbg_setTimeout"));
  const setQuietTimeout = (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds).unref();
  return Object.fromEntries(names.map((name) => [name, setQuietTimeout]));
}

let loading: Promise<void> | undefined;

/** The engine looks here for someone to tell why it dies. */
function reportPanics(): void {
  const registry = {
    set_message(message: string) {
      throw new Error(`Prisma's schema engine failed: ${message}`);
    },
  };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
}

/** The package's entry point imports the `.wasm` file as a module, which Node does only behind a flag. */
function loadBindings(): Promise<void> {
  loading ??= (async () => {
    reportPanics();
    const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    const module = await WebAssembly.compile(await readFile(entry.replace(/\.js$/, ".wasm")));
    // The generated glue is both the module's imports and the user of its exports; its types declare neither.
    const glue = bindings as unknown as WebAssembly.ModuleImports & {
      __wbg_set_wasm(exports: WebAssembly.Exports): void;
    };
    const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": { ...glue, ...quietTimers() } });
    glue.__wbg_set_wasm(instance.exports);
    // Without it the engine has no table for the values that it shares with JavaScript.
    const start = instance.exports["__wbindgen_start"];
    if (typeof start === "function") start();
  })();
  return loading;
}
