const numbers = new Intl.NumberFormat("en");

/** `1 pod`, `10,240 pods`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`;
}
