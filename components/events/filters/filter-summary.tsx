import { Fragment, type ReactNode } from "react";
import type { EventFiltersInput } from "@/schemas/events/event-filters";
import { rangePhrase } from "@/components/time/time-range";
import type { Zone } from "@/components/time/zone";
import { FIELDS } from "./filter-fields";

/** As many values as a sentence bears. */
const SPELT_OUT = 3;

interface FilterSummaryProps {
  readonly filters: EventFiltersInput;
  readonly zone: Zone;
}

/** Filters as the end of a sentence: “from … to …, where action is … or … and actor name is not … and text contains “…””. */
export function FilterSummary({ filters, zone }: FilterSummaryProps) {
  const { exclude = {}, search = "" } = filters;
  const clauses: readonly { readonly key: string; readonly words: ReactNode }[] = [
    ...FIELDS.filter(({ field }) => filters[field]?.length).map(({ field, noun }) => ({
      key: field,
      words: <Values verb={`${noun} is`} between="or" values={filters[field] ?? []} />,
    })),
    ...FIELDS.filter(({ field }) => exclude[field]?.length).map(({ field, noun }) => ({
      key: `not ${field}`,
      words: <Values verb={`${noun} is not`} between="nor" values={exclude[field] ?? []} />,
    })),
    ...(search === ""
      ? []
      : [
          {
            key: "search",
            words: (
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
      {clauses.map(({ key, words }, index) => (
        <Fragment key={key}>
          {index === 0 ? ", where " : " and "}
          {words}
        </Fragment>
      ))}
    </>
  );
}

interface ValuesProps {
  readonly verb: string;
  readonly between: string;
  readonly values: readonly string[];
}

function Values({ verb, between, values }: ValuesProps) {
  const shown = values.slice(0, SPELT_OUT);
  return (
    <>
      {verb}{" "}
      {shown.map((value, index) => (
        <Fragment key={value}>
          {index > 0 && ` ${between} `}
          <Value value={value} />
        </Fragment>
      ))}
      {values.length > shown.length && ` ${between} ${values.length - shown.length} more`}
    </>
  );
}

function Value({ value }: { readonly value: string }) {
  return (
    <bdi title={value} className="font-medium text-ink wrap-anywhere">
      {value.length <= 60 ? value : `${value.slice(0, 59)}…`}
    </bdi>
  );
}
