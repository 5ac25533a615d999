/** Where an environment's event schemas are in the dashboard; an action's name may hold anything, so it goes in the query. */
export function schemaUrls(environmentId: string) {
  const root = `/dashboard/${environmentId}/event-schemas`;
  const named = (page: string, name: string) => `${root}/${page}?name=${encodeURIComponent(name)}`;
  return {
    list: root,
    validator: `${root}/validator`,
    newAction: `${root}/edit`,
    action: (name: string) => named("action", name),
    /** To the next version, or the first. */
    edit: (name: string) => named("edit", name),
  };
}
