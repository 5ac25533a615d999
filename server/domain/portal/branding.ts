import { createHash } from "node:crypto";
import type { NewLogo } from "@/schemas/portal/logo-file";
import type { PortalBranding, PortalBrandingChanges } from "@/schemas/portal/portal-branding";
import { recordActivity } from "@/server/domain/activity/record-activity";
import type { WorkspaceScope } from "@/server/kernel/scopes";
import type { Services } from "@/server/kernel/services";

/** The columns of a workspace that the portal shows, without the logo's bytes. */
const brandingSelect = {
  name: true,
  portalAccent: true,
  portalLogo: { select: { sha256: true, width: true, height: true } },
} as const;

/** Includes the vendor's branding in a query of an organization. */
export const withVendor = { environment: { include: { workspace: { select: brandingSelect } } } } as const;

export interface BrandingRow {
  readonly name: string;
  readonly portalAccent: string | null;
  readonly portalLogo: { readonly sha256: Uint8Array; readonly width: number; readonly height: number } | null;
}

/** Converts a stored row to branding. */
export function brandingOf({ name, portalAccent, portalLogo }: BrandingRow): PortalBranding {
  const logo = portalLogo && {
    href: `/portal/logo/${Buffer.from(portalLogo.sha256).toString("hex")}`,
    width: portalLogo.width,
    height: portalLogo.height,
  };
  return { name, accent: portalAccent, logo };
}

export async function getPortalBranding(scope: WorkspaceScope): Promise<PortalBranding> {
  const { id } = scope.workspace;
  return brandingOf(await scope.db.prisma.workspace.findUniqueOrThrow({ where: { id }, select: brandingSelect }));
}

/** Changes the given fields together and keeps all others. Returns the new branding. */
export async function changePortalBranding(
  scope: WorkspaceScope,
  changes: PortalBrandingChanges,
): Promise<PortalBranding> {
  const { name, accent, logo } = changes;
  const { id } = scope.workspace;
  return scope.db.prisma.$transaction(async (tx) => {
    const stored = logo && { ...logoRow(logo), createdAt: scope.now() };
    if (stored === null) await tx.portalLogo.deleteMany({ where: { workspaceId: id } });
    if (stored)
      await tx.portalLogo.upsert({
        where: { workspaceId: id },
        update: stored,
        create: { ...stored, workspaceId: id },
      });
    const workspace = await tx.workspace.update({
      where: { id },
      data: { ...(name !== undefined && { name }), ...(accent !== undefined && { portalAccent: accent }) },
      select: brandingSelect,
    });
    await recordActivity(tx, scope, "portal_branding.changed", {
      ...(name !== undefined && { name }),
      ...(accent !== undefined && { accent }),
      ...(logo !== undefined && { logo: stored ? stored.sha256.toString("hex") : null }),
    });
    return brandingOf(workspace);
  });
}

/** Returns the logo with this hash, without authentication: the portal shows it before anyone has signed in. */
export async function findPortalLogo(
  services: Services,
  sha256: string,
): Promise<{ readonly contentType: string; readonly image: Uint8Array } | null> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
  return services.db.prisma.portalLogo.findFirst({
    where: { sha256: Buffer.from(sha256, "hex") },
    select: { contentType: true, image: true },
  });
}

function logoRow({ bytes, contentType, width, height }: NewLogo) {
  const sha256 = createHash("sha256").update(bytes).digest();
  return { contentType, width, height, sha256, image: Buffer.from(bytes) };
}
