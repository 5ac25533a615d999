import { eventType } from "inngest";
import { exportCanceled, exportRequested, organizationDeleted } from "@/schemas/outgoing-events";

export const exportRequestedEvent = eventType(exportRequested.name, { schema: exportRequested.data });
export const exportCanceledEvent = eventType(exportCanceled.name, { schema: exportCanceled.data });
export const organizationDeletedEvent = eventType(organizationDeleted.name, { schema: organizationDeleted.data });
