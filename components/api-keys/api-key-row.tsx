"use client";

import { Timestamp } from "@/components/time/timestamp";
import { Badge } from "@/components/ui/badge";
import { UserText } from "@/components/ui/user-text";
import { TableCell, TableRow } from "@/components/ui/table";
import { KEY_SCOPES, type ApiKeyView } from "@/schemas/api-keys/api-key";
import { RevokeApiKey } from "./revoke-api-key";

interface ApiKeyRowProps {
  readonly apiKey: ApiKeyView;
  readonly canManage: boolean;
}

/** A key with its name, what it may do, who created it, its last use, and the start of its secret, never the whole secret. */
export function ApiKeyRow({ apiKey, canManage }: ApiKeyRowProps) {
  const { name, hint, scopes, createdBy, createdAt, lastUsedAt, lastUsedAddress, revokedAt } = apiKey;
  return (
    <TableRow className="grid-cols-[minmax(0,1fr)_auto]">
      <TableCell className={revokedAt ? "text-muted" : undefined}>
        <UserText className={revokedAt ? "line-through" : "font-medium"}>{name}</UserText>
        <span className="font-mono text-xs text-faint">{hint}…</span>
      </TableCell>
      <TableCell className="text-xs text-muted max-md:col-span-2 max-md:row-start-2">
        <span className="md:sr-only">Scopes: </span>
        {scopes.length === KEY_SCOPES.length ? "All" : <span className="font-mono">{scopes.join(", ")}</span>}
      </TableCell>
      <TableCell className="text-muted max-md:col-span-2 max-md:row-start-3 max-md:text-xs">
        <span className="md:sr-only">Created: </span>
        <Timestamp time={createdAt} layout="day" />
        {createdBy !== null && (
          <span className="block text-xs max-md:inline">
            {" by "}
            <bdi className="wrap-anywhere">{createdBy}</bdi>
          </span>
        )}
      </TableCell>
      <TableCell className="text-muted max-md:col-span-2 max-md:row-start-4 max-md:text-xs">
        <span className="md:sr-only">Last used: </span>
        {lastUsedAt ? <Timestamp time={lastUsedAt} layout="stacked" /> : <span className="text-faint">Never</span>}
        {lastUsedAddress !== null && (
          <span className="block text-xs max-md:inline">
            {" from "}
            <span className="font-mono wrap-anywhere">{lastUsedAddress}</span>
          </span>
        )}
      </TableCell>
      <TableCell className="flex items-center justify-between gap-3 max-md:col-start-2 max-md:row-start-1">
        <Badge tone={revokedAt ? "neutral" : "positive"}>{revokedAt ? "Revoked" : "Active"}</Badge>
        {canManage && !revokedAt && <RevokeApiKey apiKey={apiKey} />}
      </TableCell>
    </TableRow>
  );
}
