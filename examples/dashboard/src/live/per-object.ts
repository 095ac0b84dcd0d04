/** The same function, which works out each object once: informers give another object when something changed. */
export function perObject<O extends object, R>(make: (object: O) => R): (object: O) => R {
  const made = new WeakMap<O, { readonly result: R }>();
  return (object) => {
    let found = made.get(object);
    if (found === undefined) made.set(object, (found = { result: make(object) }));
    return found.result;
  };
}
