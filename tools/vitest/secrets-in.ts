const planted = ["canary", "hunter2", "xkanarix"] as const;

const looks: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a planted secret", new RegExp(planted.join("|"), "i")],
  ["a planted secret in another spelling", new RegExp(planted.flatMap(spellingsOf).join("|"))],
  ["a JSON Web Token", /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/],
  ["a bearer token", /bearer\s+(?!\[)[\w.~+/=-]{8,}/i],
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
];

/** What stands in a text and may not. */
export interface FoundSecrets {
  readonly what: readonly string[];
  /** The text just before the first of them, for whoever looks for the place. */
  readonly before: string;
}

/** What stands in `text` that nobody may see: one of `known`, or what looks like a credential. Names it, never quotes it. */
export function secretsIn(text: string, known: Iterable<string>): FoundSecrets | undefined {
  const what: string[] = [];
  let first = Infinity;
  const note = (name: string, at: number): void => {
    if (at < 0) return;
    if (!what.includes(name)) what.push(name);
    first = Math.min(first, at);
  };
  for (const [name, pattern] of looks) note(name, text.search(pattern));
  for (const secret of known) note("a credential in use", text.indexOf(secret));
  return what.length === 0 ? undefined : { what, before: text.slice(Math.max(0, first - 80), first) };
}

/** How a text looks in base64, wherever in the encoded bytes it stands, in an inspected Buffer and in a Buffer's JSON. */
export function spellingsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // The first and the last characters depend on what stands beside.
    return encoded.slice(before === 0 ? 0 : before + 1, -1);
  });
  return [...base64, bytes.toString("hex").replace(/..(?=.)/g, "$& "), bytes.join(",")];
}

interface WithToken {
  readonly token: string;
}

/** What test/controlplane/global-setup.ts provides, as far as it is secret. */
export interface ProvidedSecrets {
  readonly admin: WithToken;
  readonly noRights: WithToken;
  readonly serviceAccount: WithToken;
}

/** The tokens of the control plane, where there is one. */
export function tokensOf(controlPlane: ProvidedSecrets | undefined): readonly string[] {
  if (controlPlane === undefined) return [];
  return [controlPlane.admin.token, controlPlane.noRights.token, controlPlane.serviceAccount.token];
}
