const operators = [")", ",", "!", "==", "=", ">", "<", "!=", "("];

/** The words and operators of a label selector; of a run of operators, as much as makes one is taken at a time. A NUL ends the text. */
export function labelTokens(text: string): readonly string[] {
  const [whole = ""] = text.split("\0");
  const runs = whole.match(/[=!(),<>]+|[^=!(),<> \t\r\n]+/g) ?? [];
  return runs.flatMap((run) => ("=!(),<>".includes(run.charAt(0)) ? operatorsIn(run) : [run]));
}

function operatorsIn(run: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < run.length;) {
    const two = run.slice(at, at + 2);
    const taken = operators.includes(two) ? two : run.charAt(at);
    found.push(taken);
    at += taken.length;
  }
  return found;
}
