/** Each check of `npm run supply` finds what it is for. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bundledIn, bundleProblems } from '../../supply/bundled.ts';
import { readInstalled } from '../../supply/installed.ts';
import { decisionsUsed, licenceProblems } from '../../supply/licences.ts';
import type { Locked } from '../../supply/lock.ts';
import { noticeOf } from '../../supply/notice.ts';
import { pinProblems } from '../../supply/pins.ts';
import { readAudit } from '../../supply/vulnerabilities.ts';

const manifest = { name: 'cordon', version: '1.0.0', license: 'Apache-2.0' };
const locked: Locked = { version: '1.0.0', integrity: 'sha512-AAAA', license: 'MIT' };
const pinned = (folder: string, more: Partial<Locked> = {}) => ({
  [folder]: { ...locked, ...more },
});

describe('pins', () => {
  test.each(['1.2.3', '1.2.3-rc.1', '0.21.202609261'])('%s names one version', (version) => {
    expect(pinProblems({ ...manifest, dependencies: { a: version } }, {})).toEqual([]);
  });

  test.each([
    '^1.2.3',
    '~1.2.3',
    '1.2',
    '1.x',
    '*',
    'latest',
    '>=1.2.3',
    '1.2.3 || 2.0.0',
    'github:example/a',
    'git+https://example.com/a.git#1.2.3',
    'https://example.com/a.tgz',
    'file:../a',
    'npm:b@1.2.3',
  ])('%s does not', (version) => {
    const asked = { a: version };
    const problem = `package.json: a is "${version}": name one version, such as 1.2.3`;
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const)
      expect(pinProblems({ ...manifest, [kind]: asked }, {})).toEqual([problem]);
  });

  test.each([
    { why: 'no hash', lock: { integrity: '' }, says: /has no sha512 integrity/ },
    { why: 'a weak hash', lock: { integrity: 'sha1-AAAA' }, says: /has no sha512 integrity/ },
    { why: 'a folder', lock: { link: true }, says: /is a folder of this machine/ },
    {
      why: 'a repository',
      lock: { resolved: 'git+ssh://git@example.com/a.git#0a1b' },
      says: /does not come from a registry/,
    },
    { why: 'plain http', lock: { resolved: 'http://example.com/a.tgz' }, says: /over https/ },
    { why: 'a script', lock: { hasInstallScript: true }, says: /runs a script when installed/ },
  ])('$why is found', ({ lock, says }) => {
    const problems = pinProblems(manifest, pinned('node_modules/a', lock));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(says);
  });

  test('what comes inside another package needs no hash of its own', () => {
    const inside = { version: '1.0.0', inBundle: true };
    expect(pinProblems(manifest, { 'node_modules/a/node_modules/b': inside })).toEqual([]);
  });

  test('all come from one host, whichever it is', () => {
    const from = (host: string) => ({ resolved: `https://${host}/a.tgz` });
    const two = (host: string) => ({
      ...pinned('node_modules/a', from('one.example.com')),
      ...pinned('node_modules/b', from(host)),
    });
    expect(pinProblems(manifest, two('one.example.com'))).toEqual([]);
    expect(pinProblems(manifest, two('two.example.com'))).toEqual([
      'package-lock.json names 2 hosts: install everything from one registry',
    ]);
  });
});

describe('licences', () => {
  const runner = { folder: 'node_modules/lightningcss', name: 'lightningcss', licence: 'MPL-2.0' };
  const under = (licence: string | undefined) =>
    licenceProblems([runner, { folder: 'node_modules/a', name: 'a', licence }]);

  test.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0-or-later)', '(MIT AND ISC)'])(
    '%s is permissive',
    (licence) => {
      expect(under(licence)).toEqual([]);
    },
  );

  test.each([
    'AGPL-3.0-only',
    'GPL-3.0-or-later',
    'LGPL-2.1',
    '(MIT AND GPL-2.0)',
    'MPL-2.0',
    'SSPL-1.0',
    'UNLICENSED',
    'SEE LICENSE IN LICENSE.md',
    '((MIT OR X) AND ISC)',
    '',
  ])('"%s" is refused', (licence) => {
    expect(under(licence)).toEqual([
      `node_modules/a is under ${licence}: do without it, or decide in supply/licences.ts`,
    ]);
  });

  test('a package that names none is refused', () => {
    expect(under(undefined)).toEqual([
      'node_modules/a names no licence: do without it, or ask its authors',
    ]);
  });

  test('a decision is shown while it is used, and wrong when it is not', () => {
    expect(decisionsUsed([runner])).toHaveLength(1);
    expect(decisionsUsed([])).toEqual([]);
    expect(licenceProblems([])).toEqual([
      'supply/licences.ts decides about ^lightningcss(-|$), which is not used',
    ]);
    // Another licence than the one that was decided about.
    expect(licenceProblems([{ ...runner, licence: 'GPL-3.0-only' }])).toHaveLength(1);
  });
});

describe('what is on the disk', () => {
  const root = mkdtempSync(join(tmpdir(), 'cordon-supply-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const put = (path: string, text: string | object) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), typeof text === 'string' ? text : JSON.stringify(text));
  };
  put('package.json', manifest);
  put('LICENSE', 'The terms of Apache.');
  put('node_modules/a/package.json', { version: '1.0.0', license: 'ISC' });
  put('node_modules/a/LICENCE.md', 'The terms of A.\r\nAll of them.');
  put('node_modules/b/package.json', { version: '1.0.0', license: { type: 'MIT' } });
  put('node_modules/@c/d/package.json', { version: '1.0.0', license: 'Apache-2.0' });

  test('a package is believed by its own word', () => {
    const lock = { ...pinned('node_modules/a'), ...pinned('node_modules/b') };
    expect(readInstalled(root, lock)).toEqual({
      packages: [
        { folder: 'node_modules/a', name: 'a', licence: 'ISC' },
        { folder: 'node_modules/b', name: 'b', licence: 'MIT' },
      ],
      problems: [],
    });
  });

  test('another version, and none, are found', () => {
    const other = { ...locked, version: '2.0.0' };
    expect(readInstalled(root, { 'node_modules/a': other, 'node_modules/x': locked })).toEqual({
      packages: [],
      problems: [
        'node_modules/a is 1.0.0, locked 2.0.0: run npm ci',
        'node_modules/x is not installed: run npm ci',
      ],
    });
  });

  test('a binary for another machine is believed by the lock file', () => {
    const lock = pinned('node_modules/x', { optional: true });
    expect(readInstalled(root, lock).packages).toEqual([
      { folder: 'node_modules/x', name: 'x', licence: 'MIT' },
    ]);
  });

  test('the notice has the terms of each package, or refuses', () => {
    const lock = {
      ...pinned('node_modules/a', { license: 'ISC' }),
      ...pinned('node_modules/b'),
      ...pinned('node_modules/@c/d', { license: 'Apache-2.0' }),
    };
    const bundled = new Map([
      ['node_modules/@c/d', ['web']],
      ['node_modules/a', ['web', 'tick']],
    ]);
    const notice = noticeOf(root, bundled, lock);
    expect(notice).toContain('a 1.0.0 (ISC), in web, tick\n');
    expect(notice).toContain('\n\nThe terms of A.\nAll of them.\n');
    expect(notice).toMatch(/@c\/d 1\.0\.0 \(Apache-2\.0\), in web\n-+\n\nThe terms of Apache\.\n/);
    expect(() => noticeOf(root, new Map([['node_modules/b', ['web']]]), lock)).toThrow(
      'node_modules/b is under MIT but has no text of it',
    );
  });
});

describe('bundles', () => {
  const inputs = (files: Readonly<Record<string, number>>) => ({
    inputs: {},
    outputs: {
      'web/index.mjs': {
        bytes: 1,
        imports: [],
        exports: [],
        inputs: Object.fromEntries(
          Object.entries(files).map(([path, bytesInOutput]) => [path, { bytesInOutput }]),
        ),
      },
    },
  });
  const bundled = bundledIn({
    web: inputs({ 'src/a.ts': 9, 'node_modules/a/node_modules/@b/c/x/y.js': 9 }),
    tick: inputs({ 'node_modules/a/node_modules/@b/c/z.js': 1, 'node_modules/gone/i.js': 0 }),
  });
  const folder = 'node_modules/a/node_modules/@b/c';

  test('only packages of which a byte is left count, with their functions', () => {
    expect([...bundled]).toEqual([[folder, ['web', 'tick']]]);
    expect(bundleProblems(bundled, pinned(folder))).toEqual([]);
  });

  test.each([
    { why: 'an install script', lock: pinned(folder, { hasInstallScript: true }), says: /script/ },
    { why: 'a package that is not locked', lock: {}, says: /not in package-lock\.json/ },
  ])('$why in a bundle is found', ({ lock, says }) => {
    expect(bundleProblems(bundled, lock)).toEqual([expect.stringMatching(says)]);
  });

  test('an empty build passes for nothing', () => {
    expect(bundleProblems(new Map(), {})).toHaveLength(1);
  });
});

describe('vulnerabilities', () => {
  const report = (vulnerabilities: object) =>
    JSON.stringify({ auditReportVersion: 2, vulnerabilities });

  test('an answer without any is fine', () => {
    expect(readAudit(report({}))).toEqual({ kind: 'asked', problems: [] });
  });

  test('each is told with its severity and advisory', () => {
    const advisory = { title: 'Reads what it should not', url: 'https://example.com/advisory' };
    const found = report({
      a: { name: 'a', severity: 'high', range: '<1.0.1', via: [advisory] },
      b: { name: 'b', severity: 'high', range: '*', via: ['a'] },
    });
    expect(readAudit(found)).toEqual({
      kind: 'asked',
      problems: [
        'a <1.0.1 is high: Reads what it should not, https://example.com/advisory',
        'b * is high: by a',
      ],
    });
  });

  test.each([
    ['nothing', '', 'npm printed nothing'],
    ['words', 'npm error network\nmore', 'npm error network'],
    [
      'a refusal, without its address',
      JSON.stringify({ message: '405 Method Not Allowed - POST https://example.com/bulk' }),
      '405 Method Not Allowed',
    ],
    ['another form', '{"auditReportVersion":9}', 'the answer has another form'],
  ])('%s is never taken for none', (_, printed, because) => {
    expect(readAudit(printed)).toEqual({ kind: 'not-asked', because });
  });
});
