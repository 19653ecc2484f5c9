/** What screens are drawn from, with what others wrote in each place where others write. */

import type { Plan } from '../../src/actions/action.ts';
import type { Case } from '../../src/cases/case.ts';
import type { PostureReport } from '../../src/posture/report.ts';
import type { Request } from '../../src/requests/request.ts';
import type { DigestMessageFacts } from '../../src/slack/digest/digest-message.ts';
import { postureBlocks, postureChanges, postureLines } from '../../src/slack/posture-blocks.ts';
import { forThread } from '../../src/slack/review/for-thread.ts';
import { reviewSections } from '../../src/slack/review/sections.ts';
import { at, theCase as exampleCase, record } from '../reviews/example-record.ts';
import { requestOf, singleOf, wholeOf } from './hostile-requests.ts';
import { type Says, sayer, type Written } from './hostile-words.ts';

const gathered = ({ say, each, few }: Says): NonNullable<Case['gatherings']> => [
  {
    number: 1,
    askedAt: at('09:01'),
    by: 'U0MARIA',
    tries: 0,
    found: {
      at: at('09:02'),
      sections: each(() => ({
        source: 'who',
        title: 'Who',
        facts: each(() => ({ label: say(), value: say() })),
      })),
      moments: each(() => ({ at: at('09:00'), what: say() })),
      gaps: each(() => ({ what: say(), because: say() })),
      fresh: few(12),
      manifest: { key: 'cases/C000000001/1/manifest.json', sha256: 'ab'.repeat(32) },
    },
  },
];

const drilled = ({ say, each, few }: Says): NonNullable<Case['drill']> => ({
  id: 'D1',
  scenario: 'stolen-key',
  story: say(),
  people: ['U0LEE'],
  until: at('11:00'),
  ended: {
    at: at('10:00'),
    goals: each((n) => ({ title: say(), met: n % 2 === 0, told: say() })).slice(0, 10),
    lines: few(6),
    tookPart: ['U0LEE'],
  },
});

const automated = ({ say, lines }: Says, many: number): NonNullable<Case['automated']> => ({
  at: at('09:01'),
  entry: say(),
  mode: 'shadow',
  runs: 'isolate-instance',
  title: say(),
  actions: [],
  outcome: many % 2 === 0 ? 'shadow' : 'held',
  because: say(),
  lines: lines(),
});

const caseOf = (says: Says, many: number): Case => {
  const { say, each } = says;
  const { resolved: _, ...open } = exampleCase;
  const finding = Object.values(exampleCase.findings)[0];
  if (!finding) throw new Error('the example has no finding');
  const told = {
    ...finding,
    finding: {
      ...finding.finding,
      title: say(),
      facts: each(() => ({ label: 'User agent', value: say() })),
      resources: finding.finding.resources.map((one) => ({ ...one, name: say() })),
    },
  };
  return {
    ...open,
    token: 'token0123456789abcdef',
    findings: { [finding.finding.canonicalId]: told },
    decision: { ...exampleCase.decision, title: say(), atRisk: say(), because: say() },
    comments: each((n) => ({ id: `m${n}`, at: at('09:10'), by: 'U0LEE', text: say() })),
    similar: each((n) => ({
      id: `C00000000${n % 10}`,
      at: at('08:00'),
      classification: 'benign' as const,
      same: true,
      contained: { title: say(), afterMs: 60_000 },
    })).slice(0, 3),
    automated: automated(says, many),
    gatherings: gathered(says),
    drill: drilled(says),
  };
};

/** Open, resolved, and resolved with a review that has no canvas. */
const casesOf = ({ say }: Says, theCase: Case, requests: readonly Request[]): readonly Case[] => {
  const reviewed = {
    ...record,
    theCase: {
      ...theCase,
      resolved: { at: at('09:30'), by: 'U0MARIA', classification: 'benign', note: say() },
    } satisfies Case,
    accountName: say(),
    ou: say(),
    owner: say(),
    requests,
  };
  const withReview: Case = {
    ...theCase,
    review: {
      draft: 1,
      at: record.now,
      because: 'the workspace has no canvases',
      sections: forThread(reviewSections(reviewed)),
    },
  };
  return [theCase, withReview, reviewed.theCase];
};

const reportOf = ({ say, each, few }: Says): PostureReport => ({
  scope: { kind: 'all', accounts: [] },
  comparedWith: '2026-11-15',
  sections: each((n) => ({
    question: n === 0 ? 'security-hub' : `q${n}`,
    title: say(),
    at: at('09:00'),
    answer:
      n % 3 === 1
        ? { kind: 'unknown' as const, because: say() }
        : {
            kind: 'answered' as const,
            figures: (['act', 'look', 'fine'] as const).map((verdict) => ({
              label: 'buckets without encryption, all Regions',
              value: 3,
              of: 4,
              was: 2,
              verdict,
              link: 'https://console.aws.amazon.com/',
              names: few(3),
            })),
            partly: say(),
          },
  })),
});

const answersOf = ({ say, each, lines, few }: Says, report: PostureReport) => {
  const entries = each((n) => ({
    lines: [say(), say(), say()],
    when: { label: 'opened', at: at('09:00') },
    who: 'U0LEE',
    button: { id: `b${n}`, label: say(), value: 'v' },
  }));
  const notice = {
    title: say(),
    lines: few(1),
    body: postureBlocks(report),
    entries,
  };
  const answer = { title: say(), lines: lines(), entries };
  return { entries, notice, answer };
};

const digestOf = ({ say, each, lines }: Says, report: PostureReport): DigestMessageFacts => ({
  slot: { id: '2026-11-22', from: at('00:00'), to: at('09:00'), kind: 'daily' },
  digest: {
    opened: { HIGH: 1 },
    resolved: 1,
    open: { HIGH: 1 },
    oldestMs: 1,
    toAcknowledge: undefined,
    toContain: undefined,
    toResolve: undefined,
    approvals: 1,
    denials: 1,
    expired: 0,
    digested: each(() => ({ title: say(), severity: 'LOW', count: 1 })),
    noisy: each(() => ({ rule: say(), cases: 2, findings: 2, untouched: 2 })),
    days: [],
  },
  within: { acknowledge: {}, contain: 1, resolve: 1 },
  contained: lines(),
  automation: lines(),
  followUps: lines(),
  drills: lines(),
  suppressions: lines(),
  posture: [...postureLines(report), ...postureChanges(report)],
  delivery: lines(),
});

export interface Facts extends Says, ReturnType<typeof answersOf> {
  readonly many: number;
  readonly theCase: Case;
  readonly cases: readonly Case[];
  readonly single: Plan;
  readonly whole: Plan;
  readonly requests: readonly [ofSingle: Request, ofWhole: Request];
  readonly digest: DigestMessageFacts;
}

export const factsWith = (written: Written): Facts => {
  const says = sayer(written);
  const single = singleOf(says, written.tier);
  const whole = wholeOf(says, single);
  const requests = [
    requestOf(says, written, single, 'R1'),
    requestOf(says, written, whole, 'R2'),
  ] as const;
  const theCase = caseOf(says, written.many);
  const report = reportOf(says);
  return {
    ...says,
    ...answersOf(says, report),
    many: written.many,
    theCase,
    cases: casesOf(says, theCase, requests),
    single,
    whole,
    requests,
    digest: digestOf(says, report),
  };
};
