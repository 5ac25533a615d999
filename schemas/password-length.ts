/** How many characters a password has that is set now. Apart from its rule, so that a form needs no zod for it. */
export const PASSWORD_LENGTH = { least: 10, most: 200 } as const;
