"use client";

import Link from "next/link";
import { schemaUrls } from "@/components/event-schemas/schema-urls";
import { ViolationList } from "@/components/event-schemas/violation-list";
import { Timestamp } from "@/components/time/timestamp";
import { Badge } from "@/components/ui/badge";
import { buttonStyle } from "@/components/ui/button";
import { UserText } from "@/components/ui/user-text";
import type { RejectedEvent } from "@/schemas/events/rejected-event";
import { ReplayEvent } from "./replay-event";

interface RejectedEventItemProps {
  readonly item: RejectedEvent;
  readonly environmentId: string;
  readonly canManage: boolean;
}

/** One rejected event: the reason, the request body, and whether it was replayed. */
export function RejectedEventItem({ item, environmentId, canManage }: RejectedEventItemProps) {
  const { action, message, violations, body, createdAt, replay } = item;
  return (
    <li className="px-4 py-3" aria-label={`${action ?? "No action"}, rejected`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <UserText className="font-mono text-xs font-medium">{action ?? "No action"}</UserText>
        <span className="text-xs text-muted">
          <Timestamp time={createdAt} />
        </span>
      </div>
      <p className={replay.kind === "replayed" ? "mt-1 text-muted" : "mt-1"}>{message}</p>
      <div className="mt-1">
        <ViolationList violations={violations} />
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        {replay.kind === "possible" && canManage && <ReplayEvent item={item} />}
        {replay.kind === "possible" && action !== null && item.code === "invalid_audit_log_event" && (
          <Link href={schemaUrls(environmentId).action(action)} className={buttonStyle("quiet", "sm")}>
            Open schema
          </Link>
        )}
        {replay.kind === "truncated" && (
          <p className="text-xs text-muted">Too large to replay. Resend it from your backend.</p>
        )}
        {replay.kind === "erased" && (
          <p className="text-xs text-muted">Its content was deleted with the organization.</p>
        )}
        {replay.kind === "replayed" && <Replayed item={item} replay={replay} environmentId={environmentId} />}
      </div>
      <details className="mt-2">
        <summary className="cursor-pointer text-xs text-muted">Request body</summary>
        <pre className="mt-2 max-h-64 overflow-auto rounded-md bg-sunken p-3 text-xs whitespace-pre-wrap wrap-anywhere">
          {body}
        </pre>
      </details>
    </li>
  );
}

interface ReplayedProps {
  readonly item: RejectedEvent;
  readonly replay: Extract<RejectedEvent["replay"], { kind: "replayed" }>;
  readonly environmentId: string;
}

function Replayed({ item, replay, environmentId }: ReplayedProps) {
  return (
    <>
      <Badge tone="positive">Replayed</Badge>
      <span className="text-xs text-muted">
        <Timestamp time={replay.at} />
      </span>
      {replay.eventId === null ? (
        <span className="text-xs text-muted">Already stored (same idempotency key).</span>
      ) : (
        item.organizationId !== null && (
          <Link
            href={eventUrl(environmentId, item.organizationId, replay.eventId)}
            className={buttonStyle("quiet", "sm")}
          >
            Show event
          </Link>
        )
      )}
    </>
  );
}

function eventUrl(environmentId: string, organizationId: string, eventId: string): string {
  return `/dashboard/${environmentId}/organizations/${encodeURIComponent(organizationId)}?event=${eventId}`;
}
