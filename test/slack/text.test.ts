import fc from 'fast-check';
import { expect, test } from 'vitest';
import { untrusted } from '../../src/findings/finding.ts';
import { fallback, link, mention, mrkdwn, ours, time } from '../../src/slack/mrkdwn.ts';
import {
  literal,
  mentionElement,
  richList,
  richText,
  timeElement,
  words,
} from '../../src/slack/rich-text.ts';
import { defang, plain, safe, textBudget, unparsed } from '../../src/slack/text.ts';

test.each([
  ['a channel mention', '<!channel> look', '&lt;!channel&gt; look'],
  ['a user mention', '<@U0MARIA>', '&lt;@U0MARIA&gt;'],
  ['a group mention', '<!subteam^S0SECRESP>', '&lt;!subteam^S0SECRESP&gt;'],
  ['a labelled link', '<https://evil.example|Approve>', '&lt;hxxps://evil.example|Approve&gt;'],
  ['a bare link', 'see HTTPS://evil.example/', 'see hxxpS://evil.example/'],
  ['a link that hides its scheme', 'ht\u200Btps://evil.example', 'hxxps://evil.example'],
  ['an entity, which must not become a sign', '&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
  ['an escape from the code span', '`*bold*`', "'*bold*'"],
  ['several lines', 'one\r\ntwo\u2028three\u0085four\tfive', 'one two three four five'],
  ['bidirectional overrides', '\u202Egnp.exe\u2066\u2069\u061C\u200F', 'gnp.exe'],
  ['zero-width characters', 'a\u200Bd\u200Cm\u200Di\uFEFFn\u2060\u00AD', 'admin'],
  ['tag characters', `ok${String.fromCodePoint(0xe0041, 0xe0042)}`, 'ok'],
  ['invisible letters', 'a\u3164\u115F\u2800b', 'ab'],
  ['control characters', '\u001B[31mred\u0007\u009B', '[31mred'],
  ['half a surrogate pair', 'a\uD83Db', 'a\uFFFDb'],
  ['a letter and its accent', 'e\u0301', 'é'],
  ['a tower of accents', `a${'\u0336'.repeat(50)}`, `a${'\u0336'.repeat(3)}`],
  ['nothing', '', '—'],
  ['nothing visible', '\u200B \n\u202E', '—'],
])('draws %s as inert text', (_, text, expected) => {
  expect(safe(untrusted(text))).toBe(expected);
});

test('cuts after escaping, at whole entities and whole characters, and says so', () => {
  expect(safe('>>>>', 16)).toBe('&gt;&gt;&gt;&gt;');
  expect(safe('>>>>', 15)).toBe('&gt;&gt;&gt;…');
  expect(safe('>>>>', 13)).toBe('&gt;&gt;&gt;…');
  expect(safe('>>>>', 12)).toBe('&gt;&gt;…');
  expect(safe('🔴🔴🔴', 6)).toBe('🔴🔴🔴');
  expect(safe('🔴🔴🔴', 5)).toBe('🔴🔴…');
  expect(safe('🔴🔴🔴', 4)).toBe('🔴…');
  expect(safe('word another', 6)).toBe('word…');
});

test('never exceeds the budget with 3,000 characters that grow on escaping', () => {
  for (const text of ['&', '<', '>', '<!channel>'].map((part) => part.repeat(3000))) {
    expect(safe(text, 10_000).length).toBeLessThanOrEqual(textBudget);
  }
});

test('plain text is literal, without emoji codes, and counted as Slack stores it', () => {
  expect(plain('a <b> & :tada:', 75)).toEqual({
    type: 'plain_text',
    text: 'a <b> & :tada:',
    emoji: false,
  });
  expect(plain('>'.repeat(50), 75).text).toBe(`${'>'.repeat(18)}…`);
  expect(plain('', 75).text).toBe('—');
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '`',
        '|',
        '!channel',
        '@U0MARIA',
        'https://',
        '\n',
        '\u202E',
        '&gt;',
        '🔴',
        '\uD800',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);

test('whatever an attacker writes, nothing of Slack syntax survives and the length holds', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 8, max: 200 }), (text, max) => {
      const drawn = safe(text, max);
      expect(drawn.length).toBeLessThanOrEqual(max);
      expect(drawn).not.toMatch(/[<>`\n\r]|https?:|[\u202A-\u202E\u2066-\u2069\u200B]/i);
      expect(drawn.replace(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
      expect(drawn).not.toMatch(/\p{Cs}/u);
      expect(unparsed(text, max).length).toBeLessThanOrEqual(max);
      expect(unparsed(unparsed(text, 2800), 2800)).toBe(unparsed(text, 2800));
    }),
  );
});

test('our mrkdwn keeps our formatting and puts untrusted values into code spans', () => {
  const drawn = mrkdwn`*State:* ${ours('A & B')} · ${safe('*not bold* `x` <!here>')} by ${mention('U0ANA')} ${2}×`;
  expect(drawn).toEqual({
    type: 'mrkdwn',
    text: "*State:* A &amp; B · `*not bold* 'x' &lt;!here&gt;` by <@U0ANA> 2×",
    verbatim: true,
  });
});

test('the fallback for notifications carries the same values without code spans', () => {
  expect(fallback`${safe('i-0abc <x>')} needs ${mention('S0SECAPPR')}`).toBe(
    'i-0abc &lt;x&gt; needs <!subteam^S0SECAPPR>',
  );
});

test('an untrusted string cannot reach our mrkdwn: the compiler refuses it', () => {
  const name = untrusted('<!channel>');
  const bare: string = name;
  // @ts-expect-error a bare string is no SafeText
  mrkdwn`${bare}`;
  // @ts-expect-error an untrusted string is no SafeText either
  mrkdwn`${name}`;
  // @ts-expect-error what is untrusted is not ours
  ours(name);
  // @ts-expect-error an address from outside is never a link
  expect(() => link(name, 'x')).toThrow(TypeError);
  // @ts-expect-error rich text of ours is not for untrusted values
  words(name);
});

test.each(['', 'channel', '!channel', 'U0MARIA> <!here', 'u0maria', 'C0SECURITY'])(
  'refuses to mention %j',
  (id) => {
    expect(() => mention(id)).toThrow(RangeError);
    expect(() => mentionElement(id)).toThrow(RangeError);
  },
);

test('links are https, ours, and cannot be broken out of', () => {
  expect(link('https://eu-west-1.console.aws.amazon.com/ec2?a=1&b=<2>|3', 'Open > here').text).toBe(
    '<https://eu-west-1.console.aws.amazon.com/ec2?a=1&amp;b=%3C2%3E%7C3|Open &gt; here>',
  );
  expect(() => link('http://example.com', 'x')).toThrow(RangeError);
  expect(() => link('javascript:alert(1)', 'x')).toThrow(RangeError);
  expect(() => link('https://console.aws.amazon.com@evil.example/', 'x')).toThrow(RangeError);
});

test("times are drawn in the reader's zone, with words for who cannot", () => {
  expect(time(1_763_800_000.7, '08:26 | UTC').text).toBe(
    '<!date^1763800000^{time} {date_short_pretty}|08:26   UTC>',
  );
  expect(timeElement(1_763_800_000.7, '08:26 UTC')).toMatchObject({ timestamp: 1_763_800_000 });
});

test('rich text holds untrusted values as literal text elements', () => {
  expect(
    richText([
      [words('User agent: '), literal(untrusted('<!channel> `x`'), 'code')],
      [mentionElement('S0SECRESP')],
    ]),
  ).toEqual({
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'User agent: ' },
          { type: 'text', text: '<!channel> `x`', style: { code: true } },
        ],
      },
      { type: 'rich_text_section', elements: [{ type: 'usergroup', usergroup_id: 'S0SECRESP' }] },
    ],
  });
  expect(richList('bullet', [[literal('x'.repeat(400))]]).elements[0]).toMatchObject({
    style: 'bullet',
    elements: [{ elements: [{ text: `${'x'.repeat(299)}…` }] }],
  });
});

test.each([
  ['https://evil.example/a?token=x#y', 'hxxps://evil[.]example/a?…'],
  ['http://user:password@evil.example:8080/', 'hxxp://evil[.]example:8080/'],
  ['https://аmazon.com/', 'hxxps://xn--mazon-3ve[.]com/'],
  ['evil.example', 'evil[.]example'],
  ['ftp://198.51.100.7/x', 'ftp://198[.]51[.]100[.]7/x'],
  ['javascript:alert(1)', 'javascript:alert(1)'],
])('defangs %s', (address, expected) => {
  expect(defang(address)).toBe(expected);
});
