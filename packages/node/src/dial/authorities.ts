import { X509Certificate } from "node:crypto";

import { InputError } from "@kubewright/core";

/**
 * The certificates of a bundle that can be read, each once. OpenSSL stops in silence at the first block that it cannot read, Go skips
 * it. Throws an InputError when there is none.
 */
export function readAuthorities(bundle: string): readonly X509Certificate[] {
  const blocks = bundle.match(/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END \1?CERTIFICATE-----/g) ?? [];
  const read = new Map(blocks.flatMap(certificateIn).map((certificate) => [certificate.fingerprint256, certificate]));
  if (read.size === 0) {
    throw new InputError(
      "ca",
      "it does not hold a readable certificate; it must be PEM, with BEGIN CERTIFICATE and END CERTIFICATE lines",
    );
  }
  return [...read.values()];
}

function certificateIn(block: string): readonly X509Certificate[] {
  try {
    return [new X509Certificate(block)];
  } catch {
    return [];
  }
}

/**
 * What to trust at a time, PEM: sets to try one after the other until one fits. Of the authorities that have the name of a certificate's
 * issuer OpenSSL takes one and stays with it, where Go tries each. So those that are not valid now stand back, and of several with
 * one name, as while an authority is replaced, each comes first in one set. Equal sets are the same arrays.
 */
export function trustSets(all: readonly X509Certificate[]): (now: Date) => readonly (readonly string[])[] {
  let last: { readonly valid: string; readonly sets: readonly (readonly string[])[] } | undefined;
  return (now) => {
    const isValid = all.map(({ validFromDate, validToDate }) => validFromDate <= now && now <= validToDate);
    const valid = isValid.join();
    if (last?.valid !== valid) last = { valid, sets: setsOf(all, isValid) };
    return last.sets;
  };
}

function setsOf(all: readonly X509Certificate[], isValid: readonly boolean[]): readonly (readonly string[])[] {
  const valid = all.filter((_, at) => isValid[at]);
  const sets = inEachOrder(valid);
  // Last, so that an authority that is out of date is told as such, and not as one that is unknown.
  if (valid.length < all.length) sets.push(all);
  return sets.map((set) => set.map(String));
}

function inEachOrder(all: readonly X509Certificate[]): (readonly X509Certificate[])[] {
  const namesakes = new Map<string, X509Certificate[]>();
  for (const one of all) namesakes.set(one.subject, [...(namesakes.get(one.subject) ?? []), one]);
  const groups = [...namesakes.values()];
  const orders = Math.max(0, ...groups.map(({ length }) => length));
  return Array.from({ length: orders }, (_, turn) =>
    groups.flatMap((same) => [...same.slice(turn % same.length), ...same.slice(0, turn % same.length)]),
  );
}
