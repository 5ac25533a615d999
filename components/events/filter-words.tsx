import { Fragment } from "react";
import type { EventFilters, FilterField } from "@/schemas/event-filters";
import { formatRange, type Zone } from "@/components/time/zone";
import { FIELDS } from "./filter-fields";

/** As many values as a sentence bears. */
const SPELT_OUT = 3;

interface FilterWordsProps {
  readonly filters: Pick<EventFilters, "from" | "to"> & { readonly [Field in FilterField]?: string[] | undefined };
  readonly zone: Zone;
}

/** Filters as the end of a sentence: “from … to …, where action is … or …”. */
export function FilterWords({ filters, zone }: FilterWordsProps) {
  const clauses = FIELDS.map(({ field, noun }) => ({ noun, values: filters[field] ?? [] })).filter(
    ({ values }) => values.length > 0,
  );
  return (
    <>
      from {formatRange(filters.from, filters.to, zone)}
      {clauses.map(({ noun, values }, index) => (
        <Fragment key={noun}>
          {index === 0 ? ", where " : " and "}
          {noun} is <Values values={values} />
        </Fragment>
      ))}
    </>
  );
}

function Values({ values }: { readonly values: readonly string[] }) {
  const shown = values.slice(0, SPELT_OUT);
  return (
    <>
      {shown.map((value, index) => (
        <Fragment key={value}>
          {index > 0 && " or "}
          <bdi title={value} className="font-medium text-ink wrap-anywhere">
            {shortened(value)}
          </bdi>
        </Fragment>
      ))}
      {values.length > shown.length && ` or ${values.length - shown.length} more`}
    </>
  );
}

function shortened(value: string): string {
  return value.length <= 60 ? value : `${value.slice(0, 59)}…`;
}
