/**
 * Does `work` for one item after the other, also behind one for which it failed.
 * @throws the first failure, after the last item
 */
export async function inSpiteOfFailures<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for await (const item of items) {
    await work(item).catch((error: unknown) => {
      failures.push(error);
    });
  }
  if (failures.length > 0) throw failures[0];
}

/** All rows of a query that answers those after an id in the order of ids, at most `limit` at a time. */
export async function* inOrderOfId<Row extends { readonly id: string }>(
  limit: number,
  find: (after: string) => Promise<readonly Row[]>,
): AsyncGenerator<Row> {
  for (let after: string | undefined = ""; after !== undefined;) {
    const rows = await find(after);
    yield* rows;
    after = rows.length < limit ? undefined : rows.at(-1)?.id;
  }
}
