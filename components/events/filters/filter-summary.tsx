import { Fragment, type ReactNode } from "react";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { rangePhrase } from "@/components/time/time-range";
import type { Zone } from "@/components/time/zone";
import { FIELDS } from "./filter-fields";

/** The most values of one field that the summary lists. */
const MAX_LISTED_VALUES = 3;
const MAX_VALUE_LENGTH = 60;

interface FilterSummaryProps {
  readonly filters: EventFiltersInput;
  readonly zone: Zone;
}

/** Describes filters as the end of a sentence: “from … to …, where action is A or B and actor is not C and text contains “…””. */
export function FilterSummary({ filters, zone }: FilterSummaryProps) {
  const { exclude = {}, search = "" } = filters;
  const clauses: readonly { readonly key: string; readonly content: ReactNode }[] = [
    ...FIELDS.filter(({ field }) => filters[field]?.length).map(({ field, noun }) => ({
      key: field,
      content: <Values verb={`${noun} is`} values={filters[field] ?? []} />,
    })),
    ...FIELDS.filter(({ field }) => exclude[field]?.length).map(({ field, noun }) => ({
      key: `not ${field}`,
      content: <Values verb={`${noun} is not`} values={exclude[field] ?? []} />,
    })),
    ...(search === ""
      ? []
      : [
          {
            key: "search",
            content: (
              <>
                text contains “<Value value={search} />”
              </>
            ),
          },
        ]),
  ];
  return (
    <>
      {rangePhrase(filters, zone)}
      {clauses.map(({ key, content }, index) => (
        <Fragment key={key}>
          {index === 0 ? ", where " : " and "}
          {content}
        </Fragment>
      ))}
    </>
  );
}

/** Lists values as in “action is A, B or C”, or “action is A, B, C or 4 more”. */
function Values({ verb, values }: { readonly verb: string; readonly values: readonly string[] }) {
  const listed = values.slice(0, MAX_LISTED_VALUES);
  const hidden = values.length - listed.length;
  const separatorBefore = (index: number) => (index === 0 ? " " : index === values.length - 1 ? " or " : ", ");
  return (
    <>
      {verb}
      {listed.map((value, index) => (
        <Fragment key={value}>
          {separatorBefore(index)}
          <Value value={value} />
        </Fragment>
      ))}
      {hidden > 0 && ` or ${hidden} more`}
    </>
  );
}

function Value({ value }: { readonly value: string }) {
  return (
    <bdi title={value} className="font-medium text-ink wrap-anywhere">
      {value.length <= MAX_VALUE_LENGTH ? value : `${value.slice(0, MAX_VALUE_LENGTH - 1)}…`}
    </bdi>
  );
}
