/** Returns the dashboard URLs of an environment's event schemas. Action names may contain any character, so they go into the query. */
export function schemaUrls(environmentId: string) {
  const root = `/dashboard/${environmentId}/event-schemas`;
  const named = (page: string, name: string) => `${root}/${page}?name=${encodeURIComponent(name)}`;
  return {
    list: root,
    validator: `${root}/validator`,
    newAction: `${root}/edit`,
    action: (name: string) => named("action", name),
    /** Creates the next version, or the first. */
    edit: (name: string) => named("edit", name),
  };
}
