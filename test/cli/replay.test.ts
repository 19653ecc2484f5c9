import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/cli/explain.ts';
import { defaultReplayConfig, replay, replayLine, replayLines } from '../../src/cli/replay.ts';
import { severities } from '../../src/findings/finding.ts';
import { eventNames, readEvent } from '../fixtures/events/read-event.ts';

const config = defaultReplayConfig;
const keys = [
  'file',
  'outcome',
  'reason',
  'source',
  'findingType',
  'severity',
  'account',
  'region',
  'title',
  'resources',
  'canonicalId',
  'fingerprint',
  'rule',
  'channel',
  'actions',
];

describe('one event', () => {
  it('that becomes a card is a case, with everything that was decided', () => {
    expect(replayLine('c2.json', readEvent('guardduty-ec2-c2'), config)).toEqual({
      file: 'c2.json',
      outcome: 'case',
      reason: 'It contacts addresses or names that only malware uses.',
      source: 'guardduty',
      findingType: 'Backdoor:EC2/C&CActivity.B',
      severity: 'HIGH',
      account: '123456789012',
      region: 'eu-west-1',
      title: "Server is talking to an attacker's control server",
      resources: [
        { kind: 'instance', id: 'i-0a1b2c3d4e5f60718' },
        { kind: 'finding', id: expect.stringContaining('/finding/16afba5c') },
      ],
      canonicalId: expect.stringContaining('/finding/16afba5c'),
      fingerprint: 'HIGH|active|once|2026-11-22T08:55:42.511Z',
      rule: 'control-server',
      channel: 'C0SECURITY',
      actions: ['isolate-instance', 'snapshot-volumes', 'stop-instance', 'suppress-finding'],
    });
  });

  it('that is below what is told is a case without a channel, and says why', () => {
    const strict = { ...config, severity: { card: 'CRITICAL', mention: 'CRITICAL' } } as const;
    expect(replayLine('c2.json', readEvent('guardduty-ec2-c2'), strict)).toMatchObject({
      outcome: 'case',
      reason: 'HIGH is below CRITICAL, the least for a card',
      severity: 'HIGH',
      rule: 'control-server',
      channel: null,
      actions: [],
    });
  });

  it('that is only told in the digest is a case without a channel, and says so', () => {
    const line = replayLine('u.json', readEvent('access-analyzer-unused'), config);
    expect(line).toMatchObject({
      outcome: 'case',
      reason: expect.stringContaining('Only in the digest: LOW is below MEDIUM'),
      title: expect.any(String),
      rule: 'unused-access',
      channel: null,
    });
  });

  it('of a source that is switched off is ignored', () => {
    const other = { ...config, sources: ['macie'] } as const;
    expect(replayLine('c2.json', readEvent('guardduty-ec2-c2'), other)).toMatchObject({
      outcome: 'ignored',
      reason: expect.stringContaining('GuardDuty is switched off'),
      severity: 'HIGH',
    });
  });

  it('that is no finding is ignored, with source and type', () => {
    const line = replayLine('scan.json', readEvent('guardduty-malware-scan-result'), config);
    expect(line).toMatchObject({
      outcome: 'ignored',
      source: 'guardduty',
      findingType: 'COMPLETED',
      severity: null,
      rule: null,
      resources: [],
    });
  });

  it('has exactly the documented keys in their order, whatever the JSON', () => {
    const property = fc.property(fc.jsonValue(), (json) => {
      expect(Object.keys(replayLine('x', json, config))).toEqual(keys);
    });
    fc.assert(property, { numRuns: 100 });
    expect(Object.keys(replayLine('x', readEvent('guardduty-root'), config))).toEqual(keys);
  });
});

const c2 = JSON.stringify(readEvent('guardduty-ec2-c2'));
let folder = '';

const put = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-replay-'));
  mkdirSync(join(folder, 'deep'));
  put('deep/one.json', c2);
  put('broken.json', '{');
  put('notes.txt', 'not read in a folder');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('files', () => {
  const outcomes = (path: string) =>
    [...replayLines([path], config)].map(({ file, outcome, reason }) => ({
      file,
      outcome,
      reason,
    }));

  it('are found in folders by name; one that is no JSON is an error of its own', () => {
    expect(outcomes(folder)).toEqual([
      { file: join(folder, 'broken.json'), outcome: 'error', reason: 'Not JSON' },
      { file: join(folder, 'deep/one.json'), outcome: 'case', reason: expect.any(String) },
    ]);
  });

  it('that are not there are an error of their own', () => {
    expect(outcomes(join(folder, 'no'))).toEqual([
      { file: join(folder, 'no'), outcome: 'error', reason: 'Cannot be read (ENOENT)' },
    ]);
  });

  it.each([
    ['an array', `[${c2},7]`, ['case', 'ignored']],
    ['JSON lines', `${c2}\n\n${c2}\n`, ['case', 'case']],
    ['an API answer', `{"Findings":[${c2}]}`, ['case']],
    ['a byte order mark', `\uFEFF${c2}`, ['case']],
    ['null', 'null', ['ignored']],
    ['an empty list', '[]', ['ignored']],
    ['nothing', '', ['error']],
    ['one good and one bad line', `${c2}\n{`, ['error']],
  ])('may hold %s', (_, content, expected) => {
    const lines = outcomes(put('notes.txt', content));
    expect(lines.map(({ outcome }) => outcome)).toEqual(expected);
  });

  it('are printed as JSON lines, and the exit code tells of errors', () => {
    const printed: string[] = [];
    const print = (line: string) => printed.push(line);
    expect(replay([folder], { config, json: true, print })).toBe(1);
    expect(printed.map((line) => Object.keys(JSON.parse(line)))).toEqual([keys, keys]);
    expect(replay([join(folder, 'deep')], { config, json: true, print })).toBe(0);
  });

  it('are printed for people with counts, and without control characters', () => {
    const printed: string[] = [];
    const event = {
      'detail-type': 'GuardDuty Finding',
      detail: { type: 'T', severity: 5, title: '\u001b[2J\u202ex' },
    };
    const path = put('hostile.json', JSON.stringify(event));
    replay([path, join(folder, 'deep')], {
      config,
      json: false,
      print: (line) => printed.push(line),
    });
    rmSync(path);
    expect(printed.slice(2)).toEqual([
      '',
      'By outcome',
      '      2  case',
      '',
      'Cases by rule',
      '      1  control-server',
      '      1  no-rule',
      '',
      'Cards by channel',
      '      2  C0SECURITY',
    ]);
    expect(printed.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('the counts of a back-test', () => {
  const countsOf = (config: typeof defaultReplayConfig): readonly string[] => {
    const printed: string[] = [];
    const events = new URL('../fixtures/events', import.meta.url).pathname;
    replay([events], { config, json: false, print: (line) => printed.push(line) });
    return printed.slice(printed.indexOf(''));
  };

  it('tell by rule what would become a case, and why the rest would not', () => {
    const counts = countsOf(config);
    const from = (heading: string) => counts.slice(counts.indexOf(heading) + 1);
    const total = (lines: readonly string[]) =>
      lines
        .slice(0, lines.indexOf(''))
        .map((line) => Number(line.slice(0, 7)))
        .reduce((sum, one) => sum + one, 0);
    const cases = total(from('Cases by rule'));
    expect(counts).toContain('      1  root-sign-in');
    expect(counts).toContain('      1  Scheduled maintenance, not a security finding');
    expect(counts).toContain(`${String(cases).padStart(7)}  case`);
    expect(total(from('Cards by channel')) + total(from('No card because'))).toBe(cases);
    expect(total([...from('Ignored because'), ''])).toBe(eventNames.length - cases);
  });

  it('change with a setting', () => {
    const strict = countsOf({ ...config, severity: { card: 'CRITICAL', mention: 'CRITICAL' } });
    expect(strict.join('\n')).toMatch(/Cases by rule\n( {6}\d {2}\S+\n)+\n/);
    expect(strict).not.toEqual(countsOf(config));
    expect(strict.join('\n')).toMatch(/\d {2}HIGH is below CRITICAL, the least for a card/);
  });
});

describe('explain', () => {
  it('tells how an event was read, which rules were asked, and what was decided', () => {
    const told = explain(readEvent('guardduty-iam-access-key'), config);
    for (const part of [
      'Read as      GuardDuty finding UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
      'access-key AKIAIOSFODNN7EXAMPLE',
      'Rule         key-used-by-attacker is the first that matches',
      'Also match   unusual-api-use: later in the list, so they decide nothing',
      'No match     attack-sequence, root-user, stolen-instance-credentials\n',
      'ATT&CK       T1078.004, T1090.003',
      'Decision     card in C0SECURITY, by key-used-by-attacker',
      'Because      Calls came from',
      'Actions      deactivate-access-key, contain-user, revoke-role-session, revoke-older-sessions, suppress-finding',
      'Group key    user/123456789012/ci-deploy',
    ])
      expect(told).toContain(part);
  });

  it('tells when a rule shows another severity', () => {
    expect(explain(readEvent('guardduty-root'), config)).toContain('Shown as     HIGH');
  });

  it('tells why an event is ignored', () => {
    const detail = { eventTypeCode: 'AWS_X', eventTypeCategory: 'scheduledChange' };
    const told = explain({ 'detail-type': 'AWS Health Event', detail }, config);
    expect(told).toBe(
      'Read as      Health, AWS_X\nDecision     ignored\nBecause      Scheduled maintenance, not a security finding',
    );
  });

  it('never throws, and never prints a control character', () => {
    const property = fc.property(
      fc.string({ unit: 'binary' }),
      fc.jsonValue(),
      (title, service) => {
        const detail = { type: 'T', severity: 5, title, service };
        const told = explain({ 'detail-type': 'GuardDuty Finding', detail }, config);
        expect(told.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      },
    );
    fc.assert(property, { numRuns: 100 });
  });
});

const shared = process.env['CORDON_SHARED'];

describe.runIf(shared)('the corpus of third-party events', () => {
  const corpus = join(shared ?? '', 'corpus');

  const manifest = () =>
    readFileSync(join(corpus, 'MANIFEST.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split('\t'));

  it('has a line for each file and no error', () => {
    const lines = [...replayLines([corpus], config)];
    expect(lines.map(({ file }) => file).sort()).toEqual(
      manifest()
        .map(([path]) => join(corpus, path ?? ''))
        .sort(),
    );
    expect(lines.filter(({ outcome }) => outcome === 'error')).toEqual([]);
  });

  it('is told apart by service, and every type is that of the manifest', () => {
    const lines = new Map([...replayLines([corpus], config)].map((line) => [line.file, line]));
    for (const [path = '', , , , , type] of manifest()) {
      const service = path.split('/')[0];
      const known = type === 'unrecognised shape' ? {} : { findingType: type };
      expect(lines.get(join(corpus, path)), path).toMatchObject({
        source: service === 'other' ? 'unknown' : service,
        ...known,
      });
    }
  });

  const words = new Set<string>(severities);

  it('has the severity of the manifest wherever that is a word, and something to act on', () => {
    const lines = new Map([...replayLines([corpus], config)].map((line) => [line.file, line]));
    for (const [path = '', , , , , , given = ''] of manifest()) {
      const line = lines.get(join(corpus, path));
      if (line?.severity && words.has(given.toUpperCase()))
        expect(line.severity, path).toBe(given.toUpperCase());
      // The one event of Macie's is cut off before its resource.
      if (line?.outcome === 'case' && line.source !== 'macie')
        expect(line.resources, path).not.toEqual([]);
    }
  });

  it('ignores nothing that is a finding, but what is below the floor', () => {
    const counted = new Map<string, number>();
    for (const line of replayLines([corpus], config)) {
      const what = line.severity === 'INFORMATIONAL' ? 'informational' : line.outcome;
      const key = `${line.source} ${what}`;
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
    expect(Object.fromEntries([...counted].sort())).toMatchObject({
      'accessanalyzer case': 9,
      'config ignored': 2,
      'guardduty case': 22,
      'health case': 2,
      'inspector2 case': 12,
      'macie case': 1,
      'securityhub-asff case': 28,
      'securityhub-asff ignored': 1,
      'securityhub-ocsf case': 11,
    });
  });
});
