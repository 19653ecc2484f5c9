/** The message of a gathering: short, literal whatever it quotes, masked where many read. */
import { expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import type { Case } from '../../src/cases/case.ts';
import { openCase } from '../../src/cases/fold.ts';
import type { GatheredEvidence } from '../../src/cases/gathering.ts';
import { untrusted } from '../../src/findings/finding.ts';
import { guardDutyEvent, leakedKey } from '../../src/local/scenarios/guardduty-event.ts';
import { decide } from '../../src/rules/decide.ts';
import { evidenceMessages } from '../../src/slack/cards/evidence-message.ts';
import { forReaders } from '../../src/slack/redact.ts';
import { findingOf } from '../findings/finding-of.ts';
import { wordsIn } from '../stories/screen.ts';

const at = '2026-11-22T09:00:00.000Z';
const finding = findingOf(guardDutyEvent(leakedKey, Date.parse(at)));
const decision = decide(finding, config);
if (decision.kind !== 'card') throw new Error('the example is no card');
const opened = openCase(
  { id: 'C000000001', groupKey: decision.groupKey, token: 't' },
  { finding, decision, receivedAt: at },
);

const withFound = (found: Partial<GatheredEvidence>): Case => ({
  ...opened,
  gatherings: [
    {
      number: 1,
      askedAt: at,
      tries: 0,
      found: {
        at,
        sections: [],
        moments: [],
        gaps: [],
        manifest: { key: 'cases/C000000001/1/manifest.json', sha256: 'ab'.repeat(32) },
        ...found,
      },
    },
  ],
});

const full = (text: string): Partial<GatheredEvidence> => ({
  sections: ['Who', 'Did', 'Changed', 'Related'].map((title) => ({
    source: title.toLowerCase(),
    title,
    facts: Array.from({ length: 8 }, (_, n) => ({ label: `fact ${n}`, value: untrusted(text) })),
  })),
  moments: Array.from({ length: 5 }, () => ({ at, what: untrusted(text) })),
  gaps: Array.from({ length: 6 }, (_, n) => ({ what: `gap ${n}`, because: text })),
  fresh: Array.from({ length: 12 }, () => untrusted(text)),
});

const hostile = '<!channel> <https://evil.example|click> *bold* `code` @here \u202Etxt.exe';

/** Lines as they are drawn: a section of rich text is one. */
const lines = (value: unknown): number =>
  JSON.stringify(value).split('"rich_text_section"').length - 1;

test('a full gathering is one message of at most fourteen rows and twelve lines that says what it leaves out', () => {
  const [message, ...more] = evidenceMessages(withFound(full('iam:CreateUser from 192.0.2.1')));
  expect(more).toEqual([]);
  const [table, ...rest] = (message?.blocks ?? []).toSorted(
    (a, b) => Number(b.type === 'table') - Number(a.type === 'table'),
  );
  expect(table).toMatchObject({ type: 'table', rows: { length: 14 } });
  expect(lines(rest)).toBeLessThanOrEqual(12);
  expect(wordsIn(message?.blocks)).toContain('and 3 more');
  expect(message).toMatchObject({ key: 'evidence:1', inThread: true, broadcast: false });
});

test('whatever an attacker wrote is literal text', () => {
  const [message] = evidenceMessages(withFound(full(hostile)));
  const types = new Set(
    [...JSON.stringify(message?.blocks).matchAll(/"type":"(\w+)"/g)].map(([, type]) => type),
  );
  expect([...types].sort()).toEqual([
    'date',
    'raw_text',
    'rich_text',
    'rich_text_list',
    'rich_text_section',
    'table',
    'text',
  ]);
  expect(JSON.stringify(message?.blocks)).not.toContain('\u202E');
});

test('in a channel that many read, keys, accounts and addresses keep their last four characters', () => {
  const [message] = evidenceMessages(
    withFound(full('AKIAIOSFODNN7EXAMPLE 192.0.2.123 123456789012')),
  );
  if (!message) throw new Error('no message');
  const drawn = wordsIn(forReaders(message, 'C0WIDE', ['C0WIDE']).blocks);
  expect(drawn).not.toMatch(/AKIAIOSFODNN7|192\.0\.2|123456789012/);
  expect(drawn).toContain('…MPLE');
});

test('nothing is said while it goes on, or where it was left out', () => {
  const gathering = { number: 1, askedAt: at, tries: 0 };
  expect(evidenceMessages({ ...opened, gatherings: [gathering] })).toEqual([]);
  expect(
    evidenceMessages({ ...opened, gatherings: [{ ...gathering, skipped: 'too many' }] }),
  ).toEqual([]);
});

test('whoever asked for what was left out is told why', () => {
  const gathering = { number: 2, askedAt: at, tries: 0, by: 'U0MARIA', skipped: 'it is a drill' };
  const [message] = evidenceMessages({ ...opened, gatherings: [gathering] });
  expect(message).toMatchObject({ key: 'evidence:2', inThread: true });
  expect(wordsIn(message?.blocks)).toContain('was not gathered:  it is a drill');
  expect(JSON.stringify(message?.blocks)).toContain('{"type":"user","user_id":"U0MARIA"}');
});

test('rows, moments and news that are not drawn are counted', () => {
  const more = { facts: 3, moments: 2, gaps: 1, fresh: 4 };
  const [message] = evidenceMessages(withFound({ ...full('x'), more }));
  const drawn = wordsIn(message?.blocks);
  expect(drawn).toContain('And  21 more facts, 2 more moments, 4 more that are new  in the bundle');
  expect(drawn).toContain('cordon export C000000001');
  expect(drawn).toContain('and 4 more');
});
