import { CodeBlock } from "@/components/ui/code-block";
import type { EventSchemaVersion } from "@/schemas/event-schemas/event-schema";
import { eventSchemaJson } from "@/schemas/event-schemas/event-schema-json";
import { MetadataSchemaView } from "./metadata-schema-view";

/** Shows everything that a schema version defines, also as JSON. */
export function SchemaView({ version }: { readonly version: EventSchemaVersion }) {
  return (
    <div className="space-y-4">
      <div className="grid items-start gap-4 md:grid-cols-2">
        {version.targets.map((target) => (
          <MetadataSchemaView key={target.type} title={`Target: ${target.type}`} schema={target.metadata} />
        ))}
        <MetadataSchemaView title="Actor" schema={version.actorMetadata} />
        <MetadataSchemaView title="Event metadata" schema={version.metadata} />
      </div>
      <details>
        <summary className="cursor-pointer text-xs text-muted">As JSON</summary>
        <div className="mt-2">
          <CodeBlock
            code={JSON.stringify(eventSchemaJson(version), null, 2)}
            label={`Copy version ${version.version} as JSON`}
          />
        </div>
      </details>
    </div>
  );
}
