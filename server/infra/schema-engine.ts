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

export type SchemaEngine = bindings.SchemaEngine;

/** Everything may be compared: the tables that Prisma does not know live in schemas of their own. */
export const noFilter: bindings.SchemaFilter = { externalTables: [], externalEnums: [] };

/**
 * Prisma's own schema engine, as WebAssembly, on the database behind `connect`. The caller frees it.
 *
 * @param runScript runs the text of one migration; takes the place of the adapter's own way, see {@link scriptsInOnePiece}.
 */
export async function openSchemaEngine(databaseUrl: string, runScript: ScriptRunner = wholeScript): Promise<SchemaEngine> {
  await loadBindings();
  const adapter = scriptsInOnePiece(new PrismaPg({ connectionString: databaseUrl }), runScript);
  // The engine logs what it also throws.
  const ignoreLog = () => undefined;
  return bindings.SchemaEngine.new({ datamodels: undefined }, ignoreLog, bindMigrationAwareSqlAdapterFactory(adapter));
}

export type ScriptRunner = (adapter: SqlDriverAdapter, script: string) => Promise<void>;

/** Sends the script as one message: PostgreSQL then runs it as one transaction. */
export const wholeScript: ScriptRunner = async (adapter, script) => {
  await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
};

/** The adapter's `executeScript` splits at every semicolon, inside function bodies and comments too. */
function scriptsInOnePiece(factory: PrismaPg, runScript: ScriptRunner): SqlMigrationAwareDriverAdapterFactory {
  const wrap = (adapter: SqlDriverAdapter): SqlDriverAdapter => {
    adapter.executeScript = (script) => runScript(adapter, script);
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => withCharacters(await queryRaw({ ...query, sql: withoutInternalChar(query.sql) }));
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
    const glue = bindings as unknown as WebAssembly.ModuleImports & { __wbg_set_wasm(exports: WebAssembly.Exports): void };
    const instance = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": glue });
    glue.__wbg_set_wasm(instance.exports);
    // Without it the engine has no table for the values that it shares with JavaScript.
    const start = instance.exports["__wbindgen_start"];
    if (typeof start === "function") start();
  })();
  return loading;
}
