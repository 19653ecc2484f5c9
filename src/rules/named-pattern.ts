/** One EventBridge rule: its name and its pattern, as parsed JSON of at most 4,096 characters. */
export interface NamedPattern {
  readonly name: string;
  readonly pattern: { readonly [field: string]: unknown };
}

/** As a list; an empty one when `detail` is undefined: then nothing of this kind can reach the floor. */
export const named = (
  name: string,
  event: {
    readonly source: string | { readonly prefix: string };
    readonly types: readonly string[];
    readonly detail: object | undefined;
  },
): readonly NamedPattern[] => {
  const { source, types, detail } = event;
  return detail ? [{ name, pattern: { source: [source], 'detail-type': types, detail } }] : [];
};
