/** What went well and what made it harder, in words: about what happened, never about a person. */
import type { ReviewLine } from '../../cases/case-review.ts';
import type { Factor } from '../../reviews/factors.ts';
import { duration } from '../duration.ts';

const words = (text: string): ReviewLine => [{ words: text }];

const verbs = {
  acknowledged: 'Acknowledged',
  contained: 'Contained',
  resolved: 'Resolved',
} as const;

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);

const listed = (titles: readonly string[]): ReviewLine =>
  titles.flatMap((title, n) => [...(n > 0 ? [{ words: ', ' }] : []), { quoted: title }]);

const counted = {
  escalated: 'Nobody had acknowledged in time, so it escalated',
  paged: 'People were called past Slack',
  expired: 'A request expired before anybody answered it',
  drifted: 'Live state changed between plan and start, so a plan was made and approved again',
  countered: 'What was being contained was taken back meanwhile, and put back',
  'glass-broken': 'The glass was broken: there was no approver to wait for',
  reopened: 'It was thought to be over, and opened again',
  vetoed: 'A person stopped what automation had announced',
} as const;

export const factorInWords = (factor: Factor): ReviewLine => {
  switch (factor.kind) {
    case 'in-time':
    case 'late':
      return words(
        `${verbs[factor.what]} after ${duration(factor.ms)}; the target is ${duration(factor.targetMs)}`,
      );
    case 'approved':
      return [
        { words: `A second person agreed after ${duration(factor.ms)} to: ` },
        { quoted: factor.title },
      ];
    case 'approval-waited':
      return [
        { words: `The approval waited ${duration(factor.ms)} for: ` },
        { quoted: factor.title },
      ];
    case 'verified':
      return [{ words: 'Read back from AWS and found as planned: ' }, ...listed(factor.titles)];
    case 'restored':
      return [{ words: 'Undone, the baseline is restored: ' }, ...listed(factor.titles)];
    case 'escalated':
    case 'paged':
    case 'expired':
    case 'drifted':
    case 'countered':
    case 'glass-broken':
    case 'reopened':
    case 'vetoed':
      return words(`${counted[factor.kind]} (${times(factor.times)})`);
    case 'changed':
      return [
        { words: 'What was contained is not any more as Cordon left it: ' },
        { quoted: factor.title },
      ];
    case 'not-contained':
      return words('Something was asked for, and nothing of it was verified as contained');
    case 'failed':
      return [
        { words: 'A step failed: ' },
        { quoted: factor.step },
        { words: ', because ' },
        { quoted: factor.because },
      ];
    case 'denied':
      return [{ words: 'An approver said no, because ' }, { quoted: factor.because }];
    case 'held':
      return [{ words: 'Automation held back, because ' }, { quoted: factor.because }];
    case 'refused':
      return [
        { words: `A press was refused (${times(factor.times)}): ` },
        { quoted: factor.because },
      ];
    default:
      return factor satisfies never;
  }
};
