import { ALIKE, foldCase } from "@/schemas/fold-case";

/** Writes SQL conditions that an expression contains a text literally, ignoring case like `foldCase`. */
export interface TextSearch {
  /** Returns the condition; it is null if the expression is. */
  readonly isIn: (expression: string) => string;
  /** Like `isIn`, for an expression that is a JSON text. It finds the text in the JSON's strings and keys. */
  readonly isInJson: (expression: string) => string;
}

/** Returns the SQL expression in lower case by the same rules in every database, whatever its own collation. */
function lower(expression: string): string {
  return `lower((${expression})::text COLLATE log.letters) COLLATE "C"`;
}

/** Returns the SQL expression composed, which most texts are already: checking that is much faster. */
function composed(expression: string): string {
  return `CASE WHEN ${expression} IS NFC NORMALIZED THEN ${expression} ELSE normalize(${expression}) END`;
}

/**
 * Prepares a search. `add` adds a value and returns its placeholder. PostgreSQL folds the search and the values, so that both
 * follow the same rules, and of these only as many as the search needs: most texts are ASCII, and lists must be fast.
 */
export function textSearch(search: string, add: (value: string) => string): TextSearch {
  const folded = foldCase(search);
  const isAscii = Buffer.byteLength(folded) === folded.length && Buffer.byteLength(search) === search.length;
  const alike = ALIKE.filter(([, like]) => folded.includes(like.charAt(0)));
  const fold = (expression: string) =>
    alike.reduce(
      (sql, [spelling, like]) => `replace(${sql}, '${spelling}', '${like}')`,
      // Only a search with such characters can find a text in one form and not in the other.
      lower(isAscii ? expression : composed(expression)),
    );
  const contains = (wanted: string) => {
    const plain = (expression: string) => `strpos(${lower(expression)}, ${wanted}) > 0`;
    const ascii = (expression: string) => `strpos(lower((${expression})::text COLLATE "C"), ${wanted}) > 0`;
    if (isAscii && alike.length === 0) return plain;
    // Text with as many bytes as characters is ASCII, which needs no more than the fastest lower().
    return (expression: string) =>
      `CASE WHEN octet_length(${expression}) = length(${expression}) THEN ${ascii(expression)}
        ELSE strpos(${fold(expression)}, ${wanted}) > 0 END`;
  };
  return {
    isIn: contains(fold(add(search))),
    // JSON escapes quotes, backslashes and control characters.
    isInJson: (expression) => contains(fold(add(JSON.stringify(search).slice(1, -1))))(expression),
  };
}
