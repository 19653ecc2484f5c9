/** The Markdown of a canvas as tokens, without a DOM: what Slack would make a link or a mention is one here too. */

export type Inline = {
  readonly kind: 'text' | 'code' | 'italic' | 'bold' | 'link' | 'mention';
  readonly text: string;
};

export interface Line {
  readonly kind: 'h1' | 'h2' | 'h3' | 'item' | 'task' | 'line';
  readonly children: readonly Inline[];
}

const inlines: readonly (readonly [Inline['kind'], RegExp])[] = [
  ['text', /^\\([!-/:-@[-`{-~])/],
  ['code', /^`([^`\n]+)`/],
  ['mention', /^!\[\]\([@#]([A-Z0-9]+)\)/],
  ['link', /^\[([^\]]*)\]\([^)]*\)/],
  ['link', /^(https?:\/\/\S+)/],
  ['bold', /^\*\*([^*]+)\*\*/],
  ['italic', /^\*((?:\\.|[^*\\])+)\*/],
];

const unescaped = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');

const inline = (text: string): readonly Inline[] => {
  const found: Inline[] = [];
  for (let rest = text; rest !== ''; ) {
    const hit = inlines
      .map(([kind, pattern]) => ({ kind, match: pattern.exec(rest) }))
      .find(({ match }) => match !== null);
    const last = found.at(-1);
    const words = hit?.match?.[1] ?? rest.charAt(0);
    const kind = hit?.kind ?? 'text';
    if (kind === 'text' && last?.kind === 'text')
      found.splice(-1, 1, { kind, text: last.text + words });
    else found.push({ kind, text: kind === 'italic' ? unescaped(words) : words });
    rest = rest.slice(hit?.match?.[0].length ?? 1);
  }
  return found;
};

const starts: readonly (readonly [Line['kind'], RegExp])[] = [
  ['h1', /^# /],
  ['h2', /^## /],
  ['h3', /^### /],
  ['task', /^- \[[ x]\] /],
  ['item', /^- /],
];

/** Empty lines only part what is around them. */
export const parseMarkdown = (markdown: string): readonly Line[] =>
  markdown
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [kind, start] = starts.find(([, pattern]) => pattern.test(line)) ?? ['line', /^/];
      return { kind, children: inline(line.replace(start, '')) };
    });
