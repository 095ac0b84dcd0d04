/** What a state means to whoever looks after the cluster; each has a colour and a shape of its own. */
export type Mood = "good" | "busy" | "bad" | "idle";

/** A state in a word or two. */
export interface State {
  readonly mood: Mood;
  /** As kubectl says it where it has a word. */
  readonly text: string;
}
