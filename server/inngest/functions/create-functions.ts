import type { InngestFunction } from "inngest";
import type { InngestClient } from "@/server/inngest/client";
import type { Services } from "@/server/kernel/services";
import { deleteOrganizationInTheBackground } from "./delete-organization";
import { enforceRetentionNightly } from "./enforce-retention";
import { regularFunctions } from "./scheduled";
import { writeExport } from "./write-export";

/** Every function of the worker. */
export function createFunctions(inngest: InngestClient, services: Services): InngestFunction.Any[] {
  return [
    writeExport(inngest, services),
    deleteOrganizationInTheBackground(inngest, services),
    enforceRetentionNightly(inngest, services),
    ...regularFunctions(inngest, services),
  ];
}
