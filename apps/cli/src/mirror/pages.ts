type Page<Item> = readonly Item[] | { items: readonly Item[]; next_cursor: string | null };

/** All items of a list, over its pages. */
export async function* pagesOf<Item>(page: (asked: { limit: number; cursor?: string }) => Promise<Page<Item>>): AsyncGenerator<Item> {
  for (let cursor: string | undefined; ; ) {
    const answer: Page<Item> = await page({ limit: 500, cursor });
    if (!('items' in answer)) throw new Error('A page of a list was asked for, and all of it came.');
    yield* answer.items;
    if (answer.next_cursor === null) return;
    cursor = answer.next_cursor;
  }
}
