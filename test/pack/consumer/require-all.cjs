// Loads every entry with require(), from a CommonJS file.
const specifiers = require("./specifiers.json");

for (const specifier of specifiers) {
  const loaded = require(specifier);
  if (typeof loaded !== "object" || loaded === null) throw new Error(`${specifier} gave ${typeof loaded}`);
}
const { connect } = require("kubewright");
if (typeof connect !== "function") throw new Error("kubewright has no connect()");
console.log(`${specifiers.length} entries required on ${process.version}`);
