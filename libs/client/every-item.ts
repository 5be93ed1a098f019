type Page<Item> = Item[] | { items: Item[]; next_cursor: string | null };

const PAGE = 500;

/**
 * A whole list, page after page.
 * @param page asks for one: `everyItem((at) => answered(client.GET('/api/coord/locks', {params: {query: {...at, project_key}}})))`
 */
export async function everyItem<Item>(page: (at: { limit: number; cursor?: string }) => Promise<Page<Item>>): Promise<Item[]> {
  const found: Item[] = [];
  for (let cursor: string | undefined; ; ) {
    const answer = await page({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
    const { items, next_cursor } = Array.isArray(answer) ? { items: answer, next_cursor: null } : answer;
    found.push(...items);
    if (next_cursor === null) return found;
    cursor = next_cursor;
  }
}
