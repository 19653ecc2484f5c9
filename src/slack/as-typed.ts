/**
 * The text of a command as it was typed. Slack escapes it, so that a person who is named is sent by id
 * (`should_escape` in manifest.yml): https://docs.slack.dev/interactivity/implementing-slash-commands
 */

/** People and groups stay as they are sent: `<@U…>`, `<!subteam^S…>`. */
const linked = (what: string, label: string | undefined): string => {
  if (/^@[UW]\w+$/.test(what) || /^!subteam\^S\w+$/.test(what)) return `<${what}>`;
  if (what.startsWith('#')) return `#${label ?? what.slice(1)}`;
  return label ?? what.replace(/^mailto:/, '');
};

export const asTyped = (text: string): string =>
  text
    .replace(/<([^<>|\s]+)(?:\|([^<>]*))?>/g, (_, what: string, label: string | undefined) =>
      linked(what, label),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** The Slack id of the user or group that a word names; undefined for any other word. */
export const namedIn = (word: string): string | undefined =>
  /^<(?:@|!subteam\^)([UWS][A-Z0-9]{2,})>$/.exec(word)?.[1];
