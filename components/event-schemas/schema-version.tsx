import { ChevronRight } from "lucide-react";
import { Timestamp } from "@/components/time/timestamp";
import { Badge } from "@/components/ui/badge";
import type { EventSchemaVersion } from "@/schemas/event-schemas/event-schema";
import { SchemaView } from "./schema-view";

interface SchemaVersionProps {
  readonly version: EventSchemaVersion;
  readonly isNewest: boolean;
}

/** One schema version. Older versions are collapsed. */
export function SchemaVersion({ version, isNewest }: SchemaVersionProps) {
  return (
    <details open={isNewest} className="group rounded-lg border bg-surface">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-4 py-3 hover:bg-hover">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-faint transition-transform group-open:rotate-90" />
        <span className="font-medium">Version {version.version}</span>
        {isNewest && <Badge tone="accent">Newest</Badge>}
        <span className="ml-auto text-xs text-muted">
          <Timestamp time={version.createdAt} />
        </span>
      </summary>
      <div className="border-t px-4 py-4">
        <SchemaView version={version} />
      </div>
    </details>
  );
}
