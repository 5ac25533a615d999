import { WrappedUserText } from "@/components/ui/user-text";
import type { Metadata } from "@/schemas/events/event";

/** Shows the customer's own keys and values in the order in which they were sent. */
export function MetadataTable({ metadata, label }: { readonly metadata: Metadata | null; readonly label: string }) {
  const entries = Object.entries(metadata ?? {});
  if (entries.length === 0) return <p className="text-muted">No metadata</p>;
  return (
    <table
      aria-label={label}
      className="w-full table-fixed overflow-hidden rounded-lg border border-separate border-spacing-0 text-left"
    >
      <thead className="sr-only">
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody className="[&_tr:not(:first-child)>*]:border-t">
        {entries.map(([key, value]) => (
          <tr key={key}>
            <th
              scope="row"
              className="w-2/5 bg-sunken px-3 py-1.5 align-top font-mono text-xs leading-5 font-normal wrap-anywhere text-muted"
            >
              {key}
            </th>
            <td className="px-3 py-1.5 align-top">
              <WrappedUserText className={typeof value === "string" ? "" : "font-mono text-xs leading-5"}>
                {String(value)}
              </WrappedUserText>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
