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

/** Compares every table of schema `public`. The tables that Prisma does not know are in other schemas. */
export const noFilter: bindings.SchemaFilter = { externalTables: [], externalEnums: [] };

/**
 * Opens Prisma's schema engine (WebAssembly) on a database for the duration of `work`. Only `db:migrate:new` and tests
 * use it: the server applies migrations itself, because this file depends on internals of Prisma.
 */
export async function withSchemaEngine<Result>(
  databaseUrl: string,
  work: (engine: bindings.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  await loadBindings();
  // The engine would not close a pool that the adapter creates.
  const pool = new pg.Pool({ connectionString: databaseUrl });
  const adapter = adaptToEngine(new PrismaPg(pool));
  // The engine also throws what it logs.
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

function adaptToEngine(factory: PrismaPg): SqlMigrationAwareDriverAdapterFactory {
  const wrap = (adapter: SqlDriverAdapter): SqlDriverAdapter => {
    // The adapter's own `executeScript` splits scripts at every semicolon, even inside function bodies and comments.
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    };
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

/** Casts three catalog columns that the engine queries: the adapter does not support their type, PostgreSQL's `"char"`. */
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

/** Replaces the engine's timers: one of them runs for ten seconds and would keep a finished process alive. */
function unreferencedTimers(): WebAssembly.ModuleImports {
  const names = Object.keys(bindings).filter((name) => name.startsWith("__wbg_setTimeout"));
  const setUnreferencedTimeout = (callback: () => void, milliseconds: number) =>
    setTimeout(callback, milliseconds).unref();
  return Object.fromEntries(names.map((name) => [name, setUnreferencedTimeout]));
}

let loading: Promise<void> | undefined;

/** Registers the global object through which the engine reports a panic. */
function registerPanicHandler(): void {
  const registry = {
    set_message(message: string) {
      throw new Error(`Prisma's schema engine failed: ${message}`);
    },
  };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
}

/** Loads the WebAssembly module. The package's own entry point imports it, which Node supports only behind a flag. */
function loadBindings(): Promise<void> {
  loading ??= (async () => {
    registerPanicHandler();
    const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    const module = await WebAssembly.compile(await readFile(entry.replace(/\.js$/, ".wasm")));
    // The generated code is both the module's imports and the user of its exports; its types declare neither.
    const generated = bindings as unknown as WebAssembly.ModuleImports & {
      __wbg_set_wasm(exports: WebAssembly.Exports): void;
    };
    const instance = await WebAssembly.instantiate(module, {
      "./schema_engine_bg.js": { ...generated, ...unreferencedTimers() },
    });
    generated.__wbg_set_wasm(instance.exports);
    // This call creates the table of values that the engine shares with JavaScript.
    const start = instance.exports["__wbindgen_start"];
    if (typeof start === "function") start();
  })();
  return loading;
}
