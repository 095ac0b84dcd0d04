// Jest in its default mode: CommonJS, in a context that refuses import().
const { run } = require("./app.cjs");

test("a program of CommonJS does all that others do", async () => {
  expect(await run(process.env.KUBECONFIG_FILE)).toBe(process.env.EXPECTED);
}, 60_000);

test("errors are those of this context too", () => {
  const { InputError, isKubeError } = require("kubewright");
  expect(() => require("kubewright").Quantity.parse("x")).toThrow(InputError);
  expect(isKubeError(new InputError("name", "is bad"))).toBe(true);
});
