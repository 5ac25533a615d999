/** How a value is kept in the URL, as any number of texts under one name. */
export interface UrlParameter<Value> {
  /** Returns the default value if the texts are missing or invalid. */
  readonly read: (texts: readonly string[]) => Value;
  /** Returns nothing for the default value, so that the URL stays short. */
  readonly write: (value: Value) => readonly string[];
}

/** A parameter with one text. `parse` returns null for an invalid text; `serialize` returns null for the default. */
export function single<Value>(
  parse: (text: string) => Value | null,
  serialize: (value: Value) => string | null,
  defaultValue: Value,
): UrlParameter<Value> {
  return {
    read: ([text]) => (text === undefined ? null : parse(text)) ?? defaultValue,
    write: (value) => {
      const text = serialize(value);
      return text === null ? [] : [text];
    },
  };
}

/** A text; empty by default. */
export const textParameter = single<string>(
  (text) => text,
  (value) => value || null,
  "",
);

/** An ID; null by default. */
export const idParameter = single<string | null>(
  (text) => text,
  (value) => value,
  null,
);

/** A switch; off by default. */
export const switchParameter = single<boolean>(
  (text) => text === "true",
  (value) => (value ? "true" : null),
  false,
);

/** A point in time, as ISO 8601; null by default. */
export const timeParameter = single<Date | null>(
  (text) => (Number.isNaN(Date.parse(text)) ? null : new Date(text)),
  (value) => value?.toISOString() ?? null,
  null,
);

/** One of `choices`, the first by default. */
export function choiceParameter<const Choice extends string>(
  choices: readonly [Choice, ...Choice[]],
): UrlParameter<Choice> {
  const [first] = choices;
  const find = (text: string) => choices.find((choice) => choice === text) ?? null;
  return single<Choice>(find, (choice) => (choice === first ? null : choice), first);
}

/** Any number of texts; none by default. */
export const textsParameter: UrlParameter<string[]> = { read: (texts) => [...texts], write: (value) => value };

/** Any number of `choices`; none by default. Ignores other texts. */
export function choicesParameter<const Choice extends string>(choices: readonly Choice[]): UrlParameter<Choice[]> {
  return {
    read: (texts) => texts.flatMap((text) => choices.filter((choice) => choice === text)),
    write: (value) => value,
  };
}
