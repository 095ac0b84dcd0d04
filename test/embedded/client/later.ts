/** Before the reason of a test that is left out, so that `npm test` knows it from one that could not run. */
export const laterMark = "later: ";

/** Why a test is left out. */
const why = {
  apply: "server-side apply and strategic merge come later",
} as const;

/** Files of which nothing runs, with the reason. */
export const laterFiles: Readonly<Record<string, string>> = {
  "test/e2e/apply-all.test.ts": why.apply,
};

/** By file, what a test's full name has in it that is left out, with the reason. */
export const laterTests: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
