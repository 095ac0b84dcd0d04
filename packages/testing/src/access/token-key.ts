/** A key that signs tokens of service accounts, made when it is first needed. */
export interface TokenKey {
  /** A JSON Web Token. */
  sign(claims: object): Promise<string>;
  /** The claims of a token that it signed; undefined for any other text. */
  read(token: string): Promise<Readonly<Record<string, unknown>> | undefined>;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const header = base64Url(utf8(JSON.stringify({ alg: "ES256", typ: "JWT" })));

const makeKey = () => crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);

/** A new one. */
export function createTokenKey(): TokenKey {
  let made: ReturnType<typeof makeKey> | undefined;
  return {
    async sign(claims) {
      const signed = `${header}.${base64Url(utf8(JSON.stringify(claims)))}`;
      const signature = await crypto.subtle.sign(algorithm, (await (made ??= makeKey())).privateKey, utf8(signed));
      return `${signed}.${base64Url(new Uint8Array(signature))}`;
    },
    async read(token) {
      const [head, claims, signature, ...more] = token.split(".");
      if (made === undefined || head !== header || claims === undefined || more.length > 0) return undefined;
      const bytes = fromBase64Url(signature ?? "");
      if (bytes === undefined) return undefined;
      const { publicKey } = await made;
      if (!(await crypto.subtle.verify(algorithm, publicKey, bytes, utf8(`${head}.${claims}`)))) return undefined;
      return JSON.parse(new TextDecoder().decode(fromBase64Url(claims))) as Record<string, unknown>;
    },
  };
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function base64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
