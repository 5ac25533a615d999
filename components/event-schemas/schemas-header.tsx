"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { PageHeader } from "@/components/shell/page-header";
import { buttonStyle } from "@/components/ui/button";
import { NavTabs } from "@/components/ui/nav-tabs";
import { schemaUrls } from "./schema-urls";

interface SchemasHeaderProps {
  readonly environmentId: string;
  readonly canManage: boolean;
}

/** The header and tabs of the event schemas pages. */
export function SchemasHeader({ environmentId, canManage }: SchemasHeaderProps) {
  const { list, validator, newAction } = schemaUrls(environmentId);
  const isValidator = usePathname() === validator;
  return (
    <div className="mb-6">
      <PageHeader
        title="Event schemas"
        {...(isValidator && {
          trail: [
            { href: list, label: "Event schemas" },
            { href: validator, label: "Validator" },
          ],
        })}
        actions={
          canManage && (
            <Link href={newAction} className={buttonStyle("primary")}>
              <Plus aria-hidden />
              New action
            </Link>
          )
        }
      >
        Define which events are accepted and what they must contain.
      </PageHeader>
      <NavTabs
        label="Event schemas"
        tabs={[
          { href: list, label: "Actions" },
          { href: validator, label: "Validator" },
        ]}
      />
    </div>
  );
}
