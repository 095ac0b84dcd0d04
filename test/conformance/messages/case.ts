/** What goes wrong, and a call that makes it so. */
export type Case = readonly [what: string, act: () => unknown];
