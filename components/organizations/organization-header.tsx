"use client";

import { usePathname } from "next/navigation";
import { PageHeader } from "@/components/shell/page-header";
import { CopyButton } from "@/components/ui/copy-button";
import { NavTabs } from "@/components/ui/nav-tabs";
import { OrganizationActions } from "./organization-actions";

interface OrganizationHeaderProps {
  readonly environmentId: string;
  readonly organization: { readonly id: string; readonly name: string };
  /** Why this member can neither export nor create portal links, or null. */
  readonly deniedReason: string | null;
}

/** The organization's name and ID, its *Actions* menu and its tabs. */
export function OrganizationHeader({ environmentId, organization, deniedReason }: OrganizationHeaderProps) {
  const list = `/dashboard/${environmentId}/organizations`;
  const root = `${list}/${organization.id}`;
  const pathname = usePathname();
  const tabs = [
    { href: root, label: "Audit Logs" },
    { href: `${root}/exports`, label: "Exports" },
    { href: `${root}/portal-links`, label: "Portal links" },
    { href: `${root}/settings`, label: "Settings" },
  ];
  // The first tab is the organization's own page, so it adds no breadcrumb.
  const inner = tabs.slice(1).filter(({ href }) => href === pathname);
  return (
    <div className="mb-6">
      <PageHeader
        trail={[{ href: list, label: "Organizations" }, { href: root, label: organization.name }, ...inner]}
        title={
          <bdi className="line-clamp-3 wrap-anywhere" data-tip-truncated="">
            {organization.name}
          </bdi>
        }
        actions={
          <OrganizationActions
            organization={organization}
            exportsHref={`${root}/exports`}
            deniedReason={deniedReason}
          />
        }
      >
        <span className="flex items-center gap-1 font-mono text-xs">
          <span className="truncate">{organization.id}</span>
          <CopyButton text={organization.id} label="Copy organization ID" />
        </span>
      </PageHeader>
      <NavTabs label="Organization" tabs={tabs} />
    </div>
  );
}
