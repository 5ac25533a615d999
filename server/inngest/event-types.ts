import { eventType } from "inngest";
import { exportCancelled, exportRequested, organizationDeleted } from "@/schemas/outgoing-events";

export const exportRequestedEvent = eventType(exportRequested.name, { schema: exportRequested.data });
export const exportCancelledEvent = eventType(exportCancelled.name, { schema: exportCancelled.data });
export const organizationDeletedEvent = eventType(organizationDeleted.name, { schema: organizationDeleted.data });
