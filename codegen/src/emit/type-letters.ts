/** How the tables of messages and of types write the scalars of Go. */
export const scalarLetters: Readonly<Record<string, string>> = {
  string: "s",
  bool: "b",
  int32: "i",
  int64: "l",
  float64: "d",
  bytes: "y",
};

/** How they write types whose form in JSON is no object of their fields. */
export const valueLetters: Readonly<Record<string, string>> = {
  time: "T",
  microTime: "M",
  quantity: "q",
  intOrString: "o",
  fieldsV1: "F",
  rawExtension: "R",
  json: "J",
};
