"use client";

import { usePathname } from "next/navigation";
import { PageHeader } from "@/components/shell/page-header";
import { CopyButton } from "@/components/ui/copy-button";
import { NavTabs } from "@/components/ui/nav-tabs";
import { OrganizationActions } from "./organization-actions";

interface OrganizationHeaderProps {
  readonly environmentId: string;
  readonly organization: { readonly id: string; readonly name: string };
  /** The reason why this member may neither export nor make links, or null. */
  readonly refusal: string | null;
}

/** An organization's name, its id, its pages and what can be done with it. */
export function OrganizationHeader({ environmentId, organization, refusal }: OrganizationHeaderProps) {
  const list = `/dashboard/${environmentId}/organizations`;
  const root = `${list}/${organization.id}`;
  const pathname = usePathname();
  const tabs = [
    { href: root, label: "Audit Logs" },
    { href: `${root}/exports`, label: "Exports" },
    { href: `${root}/portal-links`, label: "Portal links" },
    { href: `${root}/settings`, label: "Settings" },
  ];
  // The organization's own page is its first tab.
  const inner = tabs.slice(1).filter(({ href }) => href === pathname);
  return (
    <div className="mb-6">
      <PageHeader
        trail={[{ href: list, label: "Organizations" }, { href: root, label: organization.name }, ...inner]}
        title={
          <bdi className="line-clamp-3 wrap-anywhere" data-tip-cut="">
            {organization.name}
          </bdi>
        }
        actions={<OrganizationActions organization={organization} exportsHref={`${root}/exports`} refusal={refusal} />}
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
