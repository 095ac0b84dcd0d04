const looks: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a planted secret", /canary|hunter2/i],
  ["a JSON Web Token", /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/],
  ["a bearer token", /bearer\s+(?!\[)[\w.~+/=-]{8,}/i],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
];

/** What stands in `text` that nobody may print: one of `known`, or what looks like a credential. Names it, never quotes it. */
export function secretsIn(text: string, known: readonly string[]): string[] {
  const found = looks.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
  if (known.some((secret) => text.includes(secret))) found.push("a token of the control plane");
  return found;
}
