import type { InngestFunction } from "inngest";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/kernel/services";
import { deleteOrganizationFunction } from "./delete-organization";
import { enforceRetentionFunction } from "./enforce-retention";
import { scheduledFunctions } from "./scheduled";
import { writeExport } from "./write-export";

/** Creates all functions of the worker. */
export function createFunctions(inngest: InngestClient, services: Services): InngestFunction.Any[] {
  return [
    writeExport(inngest, services),
    deleteOrganizationFunction(inngest, services),
    enforceRetentionFunction(inngest, services),
    ...scheduledFunctions(inngest, services),
  ];
}
