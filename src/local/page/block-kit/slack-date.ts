/** Slack's date tokens. https://docs.slack.dev/messaging/formatting-message-text#date-formatting */

export interface DateContext {
  /** Milliseconds since 1970: the world's clock, for "today" and "ago". */
  readonly now: number;
  /** IANA name; undefined is the reader's own zone. */
  readonly timeZone?: string;
}

const day = (ms: number, { timeZone }: DateContext): string =>
  new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone }).format(ms);

const ordinal = (n: number): string => {
  const teen = n % 100 > 10 && n % 100 < 14;
  return `${n}${(teen ? undefined : ['th', 'st', 'nd', 'rd'][n % 10]) ?? 'th'}`;
};

/** `today`, `yesterday` or `tomorrow`, when the day is one of them. */
function nearDay(ms: number, context: DateContext): string | undefined {
  const near = { yesterday: -1, today: 0, tomorrow: 1 };
  return Object.entries(near).find(
    ([, days]) => day(ms, context) === day(context.now + days * 86_400_000, context),
  )?.[0];
}

function ago(ms: number, { now }: DateContext): string {
  const seconds = Math.round(Math.abs(now - ms) / 1000);
  const sizes = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const;
  const [unit, size] = sizes.find(([, length]) => seconds >= length) ?? (['second', 1] as const);
  const count = Math.floor(seconds / size);
  const text = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return ms > now ? `in ${text}` : `${text} ago`;
}

function longDate(ms: number, context: DateContext, options: Intl.DateTimeFormatOptions): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    month: 'long',
    day: 'numeric',
    year: 'numeric',
    timeZone: context.timeZone,
    ...options,
  }).formatToParts(ms);
  return parts.map(({ type, value }) => (type === 'day' ? ordinal(Number(value)) : value)).join('');
}

const plainDate = (ms: number, context: DateContext): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: context.timeZone }).format(ms);

/** `9:05 AM`, as Slack shows the time of a message. */
export const clockTime = (ms: number, context: DateContext, seconds = false): string =>
  new Intl.DateTimeFormat('en-US', {
    hour: 'numeric',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    timeZone: context.timeZone,
  })
    .format(ms)
    .replace('\u202F', ' ');

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `Today`, or `Sunday, November 22nd`: the divider between two days of messages. */
export const dayLabel = (ms: number, context: DateContext): string =>
  capital(nearDay(ms, context) ?? longDate(ms, context, { weekday: 'long', year: undefined }));

const tokens: Readonly<Record<string, (ms: number, context: DateContext) => string>> = {
  date_num: day,
  date: (ms, context) => longDate(ms, context, {}),
  date_short: plainDate,
  date_long: (ms, context) => longDate(ms, context, { weekday: 'long' }),
  date_pretty: (ms, context) => nearDay(ms, context) ?? longDate(ms, context, {}),
  date_short_pretty: (ms, context) => nearDay(ms, context) ?? plainDate(ms, context),
  date_long_pretty: (ms, context) =>
    nearDay(ms, context) ?? longDate(ms, context, { weekday: 'long' }),
  time: (ms, context) => clockTime(ms, context),
  time_secs: (ms, context) => clockTime(ms, context, true),
  ago,
};

/** `Expires {date_short_pretty} at {time}` for a time in seconds; undefined when a token is unknown (Slack then shows the fallback). */
export function formatSlackDate(
  unix: number,
  format: string,
  context: DateContext,
): string | undefined {
  const used = format.match(/\{\w+\}/g) ?? [];
  if (used.some((token) => !(token.slice(1, -1) in tokens))) return undefined;
  const text = format.replace(
    /\{(\w+)\}/g,
    (_, name: string) => tokens[name]?.(unix * 1000, context) ?? '',
  );
  return /^\{\w*pretty\}/.test(format) ? capital(text) : text;
}
