/** How a connection breaks: `end`, in the middle of an answer, as when a server dies in good order; `reset`, at once. */
export type Break = "end" | "reset";

/** Instead of an answer, or of the rest of its body: the connection breaks. Whoever carries the exchange breaks it. */
export class BrokenConnection extends Error {
  readonly how: Break;

  constructor(how: Break) {
    super(how === "end" ? "the connection ended" : "the connection was reset");
    this.name = "BrokenConnection";
    this.how = how;
  }
}
