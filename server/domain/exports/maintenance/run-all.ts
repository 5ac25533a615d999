/**
 * Runs `work` for one item after another, and continues with the next item if one fails.
 * @throws the first failure, after the last item
 */
export async function runAll<Item>(
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

/** Yields all rows of a query by pages of `limit` rows. `find` returns the rows after an ID, in the order of IDs. */
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
