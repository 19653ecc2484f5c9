/** One thing that Cordon is to do, in a sentence, with the tests that prove it. */
export interface Sentence {
  readonly says: string;
  /** Test file (under `test/`) → names of its cases or groups. At least one. */
  readonly proof: Readonly<Record<string, readonly [string, ...string[]]>>;
}
