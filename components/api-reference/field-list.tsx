import type { Field } from "./fields";
import { Prose } from "./prose";

/** Lists the fields of a request or response, each with its type and description. */
export function FieldList({ label, fields }: { readonly label: string; readonly fields: readonly Field[] }) {
  if (fields.length === 0) return null;
  return (
    <ul aria-label={label} className="divide-y rounded-lg border bg-surface">
      {fields.map(({ name, type, required, description }) => (
        <li key={name} className="px-4 py-2">
          <div className="flex flex-wrap items-baseline gap-x-3">
            <code className="font-mono text-xs leading-5 wrap-anywhere">{name}</code>
            <span className="text-xs text-faint wrap-anywhere">{type}</span>
            {required && <span className="text-xs font-medium text-caution">required</span>}
          </div>
          {description !== "" && <Prose className="max-w-prose text-muted">{description}</Prose>}
        </li>
      ))}
    </ul>
  );
}
