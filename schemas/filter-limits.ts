/** How many values one filter takes; more would make a query without bound. */
export const MOST_VALUES = 100;
/** How many people, or organizations, a look at the activity takes. */
export const MOST_ACTIVITY_VALUES = 20;
/** How many characters a search takes. */
export const LONGEST_SEARCH = 200;
