import { expect, test } from "vitest";
import { parseAccept } from "./accept.ts";

const ranges = (header: string): readonly string[] =>
  parseAccept(header).map(({ type, subtype, parameters }) =>
    [`${type}/${subtype}`, ...Array.from(parameters, ([key, value]) => `${key}=${value}`)].join(";"),
  );

test.each<[string, readonly string[]]>([
  ["application/json", ["application/json"]],
  ["text/html, application/json;q=0.5, */*;q=0.1", ["text/html", "application/json", "*/*"]],
  ["application/json;q=0.1,application/yaml;q=0.9", ["application/yaml", "application/json"]],
  // What is told exactly comes first, however little it is wanted.
  ["*/*,application/json;q=0.1", ["application/json", "*/*"]],
  ["*", ["*/*"]],
  ["application/json;as=Table; v=v1 ;g=meta.k8s.io", ["application/json;as=Table;v=v1;g=meta.k8s.io"]],
  ["application/json;nonsense;a=b=c;stream=watch", ["application/json;stream=watch"]],
  ["nonsense,a/b/c,,application/json", ["application/json"]],
  ["", []],
])("%j asks for %j", (header, wanted) => {
  expect(ranges(header)).toEqual(wanted);
});
