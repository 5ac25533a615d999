import { registerInputs, router } from "./procedures";
import { accountRouter } from "./routers/account";
import { activityRouter } from "./routers/activity";
import { apiKeysRouter } from "./routers/api-keys";
import { eventSchemasRouter } from "./routers/event-schemas";
import { eventsRouter } from "./routers/events";
import { exportsRouter } from "./routers/exports";
import { organizationsRouter } from "./routers/organizations";
import { portalRouter } from "./routers/portal";
import { portalBrandingRouter } from "./routers/portal-branding";
import { portalLinksRouter } from "./routers/portal-links";
import { rejectedEventsRouter } from "./routers/rejected-events";
import { settingsRouter } from "./routers/settings";
import { teamRouter } from "./routers/team";
import { workspaceRouter } from "./routers/workspace";

/** All procedures of the dashboard, the portal and internal tools. */
export const appRouter = router({
  account: accountRouter,
  activity: activityRouter,
  apiKeys: apiKeysRouter,
  events: eventsRouter,
  eventSchemas: eventSchemasRouter,
  exports: exportsRouter,
  organizations: organizationsRouter,
  portal: portalRouter,
  portalBranding: portalBrandingRouter,
  portalLinks: portalLinksRouter,
  rejectedEvents: rejectedEventsRouter,
  settings: settingsRouter,
  team: teamRouter,
  workspace: workspaceRouter,
});

registerInputs(appRouter);

export type AppRouter = typeof appRouter;
