/**
 * Slack's mrkdwn as tokens, without a DOM. It reads text the way Slack's clients do, so that text
 * which would turn into a mention or a link in Slack does so here too and is seen.
 * https://docs.slack.dev/messaging/formatting-message-text
 */

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }
  | { readonly kind: 'user' | 'group' | 'channel'; readonly id: string; readonly label?: string }
  | { readonly kind: 'broadcast'; readonly range: string }
  | {
      readonly kind: 'date';
      /** Seconds since 1970. */
      readonly unix: number;
      readonly format: string;
      readonly url?: string;
      readonly fallback: string;
    }
  | { readonly kind: 'emoji'; readonly name: string };

export type Paragraph =
  | { readonly kind: 'line' | 'quote'; readonly children: readonly Inline[] }
  | { readonly kind: 'preformatted'; readonly text: string };

/** Decodes the three entities that Slack knows; everything else stays as it is. */
const decodeEntities = (text: string): string =>
  text.replace(/&(lt|gt|amp);/g, (_, name: string) => ({ lt: '<', gt: '>' })[name] ?? '&');

/** Splits mrkdwn into lines, quoted lines and preformatted blocks. `verbatim` turns off links for bare addresses. */
export function parseMrkdwn(text: string, verbatim = false): readonly Paragraph[] {
  return text.split(/```\n?([\s\S]+?)\n?```\n?/).flatMap((part, at): readonly Paragraph[] => {
    if (at % 2 === 1) return [{ kind: 'preformatted', text: decodeEntities(bareAngles(part)) }];
    if (part === '') return [];
    // The newline before a preformatted block belongs to the block, not to a line of its own.
    return part
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => {
        const quote = /^(?:>|&gt;) ?/.exec(line);
        return {
          kind: quote ? 'quote' : 'line',
          children: parseInline(quote ? line.slice(quote[0].length) : line, verbatim),
        };
      });
  });
}

/** In code Slack shows links by their address or label, not as links. */
const bareAngles = (text: string): string =>
  text.replace(
    /<(https?:[^|>]+)(?:\|([^>]+))?>/g,
    (_, url: string, label?: string) => label ?? url,
  );

interface Match {
  readonly token: Inline;
  readonly end: number;
}
type Matcher = (text: string, at: number, verbatim: boolean) => Match | undefined;

/** Runs a sticky pattern at `at` and turns its groups into a token. */
const pattern = (
  regex: RegExp,
  token: (groups: readonly string[]) => Inline | undefined,
): Matcher => {
  const sticky = new RegExp(regex.source, `${regex.flags}y`);
  return (text, at) => {
    sticky.lastIndex = at;
    const found = sticky.exec(text);
    const made = found && token([...found]);
    return made ? { token: made, end: at + found[0].length } : undefined;
  };
};

const code = pattern(/`([^`\n]+)`/, ([, inner = '']) => ({
  kind: 'code',
  text: decodeEntities(bareAngles(inner)),
}));

const emoji = pattern(/:([a-z0-9_+'-]*[a-z][a-z0-9_+'-]*|[+-]1):/, ([, name = '']) => ({
  kind: 'emoji',
  name,
}));

const angle = pattern(/<([^<>\n]+)>/, ([, inner = '']) => angleToken(inner));

const bareAddress: Matcher = (text, at, verbatim) => {
  if (verbatim || /[\w/]/.test(text[at - 1] ?? '')) return undefined;
  const found = /^https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"*_~`]/.exec(text.slice(at, at + 2048));
  if (!found) return undefined;
  const url = decodeEntities(found[0]);
  return { token: { kind: 'link', url, label: url }, end: at + found[0].length };
};

const marks: Readonly<Record<string, 'bold' | 'italic' | 'strike'>> = {
  '*': 'bold',
  _: 'italic',
  '~': 'strike',
};

/** `*bold*`: the marks must hug their text and stand at the edges of words. */
const emphasis: Matcher = (text, at, verbatim) => {
  const mark = text[at] ?? '';
  const kind = marks[mark];
  if (!kind || /[\w*~]/.test(text[at - 1] ?? '')) return undefined;
  for (let end = text.indexOf(mark, at + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    const inner = text.slice(at + 1, end);
    if (inner !== inner.trim() || /\w/.test(text[end + 1] ?? '')) continue;
    return { token: { kind, children: parseInline(inner, verbatim) }, end: end + 1 };
  }
  return undefined;
};

const matchers: readonly Matcher[] = [code, angle, emoji, emphasis, bareAddress];

/** One line of mrkdwn as tokens; neighbouring text is one token. */
function parseInline(line: string, verbatim: boolean): readonly Inline[] {
  const tokens: Inline[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') tokens.push({ kind: 'text', text: decodeEntities(text) });
    text = '';
  };
  for (let at = 0; at < line.length; ) {
    const found = /[`<:*_~h]/.test(line[at] ?? '') ? firstMatch(line, at, verbatim) : undefined;
    if (found) {
      flush();
      tokens.push(found.token);
      at = found.end;
    } else {
      text += line[at];
      at += 1;
    }
  }
  flush();
  return tokens;
}

function firstMatch(line: string, at: number, verbatim: boolean): Match | undefined {
  for (const matcher of matchers) {
    const found = matcher(line, at, verbatim);
    if (found) return found;
  }
  return undefined;
}

/** What stands between `<` and `>`: a mention, a date, a broadcast or a link. */
function angleToken(inner: string): Inline | undefined {
  const bar = inner.indexOf('|');
  const head = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : decodeEntities(inner.slice(bar + 1));
  const named = label === undefined ? {} : { label };
  if (head.startsWith('@')) return { kind: 'user', id: head.slice(1), ...named };
  if (head.startsWith('#')) return { kind: 'channel', id: head.slice(1), ...named };
  if (head.startsWith('!')) return special(head.slice(1), label);
  if (!/^(?:https?:\/\/|mailto:)/i.test(head)) return undefined;
  const url = decodeEntities(head);
  return { kind: 'link', url, label: label ?? url };
}

function special(command: string, label: string | undefined): Inline | undefined {
  if (command.startsWith('subteam^')) {
    return { kind: 'group', id: command.slice(8), ...(label === undefined ? {} : { label }) };
  }
  const date = /^date\^(\d+)\^([^^]+)(?:\^(.+))?$/.exec(command);
  if (date) {
    const [, unix = '', format = '', url] = date;
    const fallback = label ?? format;
    return { kind: 'date', unix: Number(unix), format, fallback, ...(url ? { url } : {}) };
  }
  return /^(?:here|channel|everyone)$/.test(command)
    ? { kind: 'broadcast', range: command }
    : undefined;
}
