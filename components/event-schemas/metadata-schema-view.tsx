import { UserText, WrappedUserText } from "@/components/ui/user-text";
import type { MetadataSchema } from "@/schemas/event-schemas/event-schema";
import { limitsOf, typeLabel } from "./property-labels";

interface MetadataSchemaViewProps {
  readonly title: string;
  readonly schema: MetadataSchema | null;
}

/** Lists the keys that a schema defines for one metadata object. */
export function MetadataSchemaView({ title, schema }: MetadataSchemaViewProps) {
  const properties = Object.entries(schema?.properties ?? {});
  const required = new Set(schema?.required);
  const unlisted = [...required].filter((key) => !(key in (schema?.properties ?? {})));
  return (
    <section>
      <h3 className="mb-2 font-medium">
        <WrappedUserText>{title}</WrappedUserText>
      </h3>
      {properties.length === 0 && unlisted.length === 0 ? (
        <p className="text-muted">Any metadata.</p>
      ) : (
        <ul aria-label={title} className="divide-y overflow-hidden rounded-lg border">
          {properties.map(([key, property]) => (
            <li key={key} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 px-3 py-2">
              <UserText className="font-mono text-xs leading-5">{key}</UserText>
              <span className="text-xs leading-5 text-muted">
                {typeLabel(property)}
                {required.has(key) && <span className="font-medium text-ink"> · required</span>}
              </span>
              {limitsOf(property).map((limit) => (
                <WrappedUserText key={limit} className="col-span-2 text-xs text-muted">
                  {limit}
                </WrappedUserText>
              ))}
            </li>
          ))}
          {unlisted.map((key) => (
            <li key={key} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-3 py-2">
              <UserText className="font-mono text-xs leading-5">{key}</UserText>
              <span className="text-xs leading-5 text-muted">
                any type<span className="font-medium text-ink"> · required</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {schema?.additionalProperties === false && properties.length > 0 && (
        <p className="mt-1 text-xs text-muted">No other keys allowed.</p>
      )}
    </section>
  );
}
