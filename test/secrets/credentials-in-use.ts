import type { Secret } from "../../packages/node/src/settings/secret.ts";
import { spellingsOf } from "../../tools/vitest/secrets-in.ts";
import type { Recorder } from "./recorder.ts";

/** Takes down every credential that is sent or used, however its test calls it. */
export function recordCredentials(type: typeof Secret): Recorder<string> {
  const revealed = new Set<string>();
  const { reveal } = type.prototype;
  type.prototype.reveal = function (this: Secret): string {
    const text = reveal.call(this);
    revealed.add(text);
    return text;
  };
  return {
    take() {
      const secrets = new Set([...revealed].flatMap(credentialsIn));
      revealed.clear();
      return [...secrets].flatMap((secret) => [secret, ...spellingsOf(secret)]);
    },
  };
}

/** What of a revealed text is the secret. A text of less than eight characters might stand anywhere by chance. */
export function credentialsIn(text: string): readonly string[] {
  if (text.includes("-----BEGIN ")) return text.includes("PRIVATE KEY-----") ? linesOf(text) : [];
  const found = /^(?:Bearer |Basic )(.*)$/.exec(text)?.[1] ?? (text.includes("://") ? passwordOf(text) : text);
  return found.length < 8 ? [] : [found];
}

/** Lines of a PEM; its last one may be too short to be no chance. */
function linesOf(pem: string): readonly string[] {
  return pem.split("\n").filter((line) => line.length >= 16 && !line.startsWith("-----"));
}

function passwordOf(url: string): string {
  return URL.parse(url)?.password ?? "";
}
