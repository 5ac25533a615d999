/** Returns the page's path with its query, so that signing in leads back to the exact view. */
export async function urlWithQuery(
  path: string,
  searchParams: Promise<Record<string, string | string[] | undefined>>,
): Promise<string> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(await searchParams)) {
    for (const each of [value ?? []].flat()) query.append(name, each);
  }
  return query.size > 0 ? `${path}?${query}` : path;
}
