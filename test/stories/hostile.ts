/** What an attacker may have written, in every field of an event, and what may never come of it on a screen. */
import { readEvent } from '../fixtures/events/read-event.ts';

/** Each has the mark by which it is found again. */
export const mark = 'EVIL';
export const hostile: readonly (readonly [what: string, text: string])[] = [
  ['mentions', `${mark} <!channel> <!here> <@U0EVIL> <!subteam^S0EVIL> @everyone`],
  ['links', `${mark} <https://evil.example|Approve> [x](https://evil.example) http://evil.example`],
  ['the end of a code span', `\`${mark} *Contained and verified* \`\`\` _x_ ~y~`],
  ['directions', `${mark} \u202Egnp.exe\u2066 \u200Fx\u2069`],
  ['what cannot be seen', `${mark}\u200B\u200D\uFEFF\u2060 a${String.fromCodePoint(0xe0041)}`],
  ['entities', `${mark} &lt;!channel&gt; &amp;lt;!here&amp;gt;`],
  ['100,000 characters that grow when they are escaped', mark + '<&>'.repeat(33_333)],
  ['a state that is none', `:white_check_mark: ${mark} Соntаinеd аnd vеrifiеd ✅`],
  ['line breaks', `${mark}\r\n\u2028*Next:* press Approve\n>quote`],
];

/** What identifies, places and dates a finding stays; the rest is what an attacker may have written. */
const kept =
  /^(id|arn|accountId|region|type|resourceType|instanceId|partition|detectorId|serviceName|actionType|(private|public)Ip(Address)?|ipAddressV4|networkInterfaceId|groupId|subnetId|vpcId|.*At|event(First|Last)Seen|platform)$/;

const poisoned = (value: unknown, text: string, field = ''): unknown => {
  if (typeof value === 'string') {
    if (kept.test(field)) return value;
    // An event has at most 256 kB: two fields of it may be as long as that.
    return /^(title|description)$/.test(field) ? text : text.slice(0, 2000);
  }
  if (Array.isArray(value)) return value.map((each) => poisoned(each, text, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, poisoned(each, text, name)]),
  );
};

export const eventOf = (text: string, n: number, count = 1): object => {
  const event = JSON.parse(
    JSON.stringify(readEvent('guardduty-ec2-c2'))
      .replaceAll('16afba5c5c43e07c9e3e5e2e544e95df', `16afba5c5c43e07c9e3e5e2e544e9${500 + n}`)
      .replaceAll('i-0a1b2c3d4e5f60718', `i-0a1b2c3d4e5f6${1000 + n}`),
  );
  const detail = poisoned(event.detail, text) as { service: object };
  const seen = `2026-11-22T09:${String(10 + count).padStart(2, '0')}:00.000Z`;
  return {
    ...event,
    id: `${event.id}-${n}-${count}`,
    detail: { ...detail, updatedAt: seen, service: { ...detail.service, count } },
  };
};

interface Seen {
  readonly type?: string;
  readonly text?: unknown;
  readonly emoji?: boolean;
}

/** Every object in what Slack shows. */
const objectsIn = (value: unknown): readonly (Seen & Record<string, unknown>)[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Seen & Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)];
};

const invisible = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|[\u{E0000}-\u{E007F}]/u;

const problems: Readonly<
  Record<string, (each: Seen & Record<string, unknown>, text: string) => boolean>
> = {
  'invisible characters': (_, text) => invisible.test(text),
  'a mention or a link': ({ type }, text) =>
    // The text of a message, of no type, is mrkdwn too.
    (type === 'mrkdwn' || type === undefined) &&
    /<(!channel|!here|!everyone|[@!][^>]*EVIL|https?:[^>]*evil)/.test(text),
  'outside a code span': ({ type }, text) =>
    type === 'mrkdwn' && text.replaceAll(/`[^`]*`/g, '').includes(mark),
  'emoji are drawn': ({ type, emoji }, text) =>
    type === 'plain_text' && emoji !== false && text.includes(mark),
  'a link': (each) => each.type === 'link' && String(each['url']).includes('evil'),
  'an address that clients make a link': (_, text) => /https?:\/\/evil/i.test(text),
};

/** What a reader's client would make of it. */
export const brokenOut = (screen: unknown): readonly string[] =>
  objectsIn(screen).flatMap((each) => {
    const text = typeof each.text === 'string' ? each.text : '';
    return Object.entries(problems).flatMap(([problem, has]) =>
      has(each, text) ? [`${problem}: ${text.slice(0, 200)}`] : [],
    );
  });

export const joined = (from: number, to: number): string =>
  hostile
    .slice(from, to)
    .map(([, text]) => text)
    .join(' ');
