/** How many values one filter takes; more would make a query without bound. */
export const MOST_VALUES = 100;
/** How many characters a search takes. */
export const LONGEST_SEARCH = 200;
