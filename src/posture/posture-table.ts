/** docs/posture.md: what posture asks, generated from the questions. */
import { grants } from '../actions/permissions.ts';
import { questions } from './index.ts';
import type { Question } from './question.ts';

const whom = ({ atOnce, ofEach }: Question): string => {
  if (!ofEach) return 'administrator account';
  return atOnce ? 'administrator account, else each account' : 'each account';
};

const row = (question: Question): string => {
  const actions = question.reads.flatMap((read) => grants[read].map(({ action }) => action));
  return `| ${question.title} | ${whom(question)} | ${question.freshMinutes} min | ${[
    ...new Set(actions),
  ]
    .sort()
    .map((action) => `\`${action}\``)
    .join(', ')} |`;
};

export const postureTable = (): string =>
  [
    '# What posture asks',
    '',
    'Generated from `src/posture/index.ts`; do not edit. `/cordon posture` asks about all accounts of',
    'the configuration, `/cordon posture ACCOUNT` about one. Everything is read by worker with the role',
    '`cordon-read`, in the home Region; Security Hub, Access Analyzer and the aggregator of AWS Config',
    'answer for every Region that they collect from. What cannot be read is told as unknown, with the',
    'reason. Answers are kept for the time in the table and told with their age.',
    '',
    '| question | whom it asks | kept for | IAM actions |',
    '|---|---|---|---|',
    ...questions.map(row),
    '',
    'Reading is paced for each account: Security Hub findings 3 a second, other calls of Security Hub',
    '10, IAM 5, Organizations and AWS Config 2, most others 5. After 20 seconds it stops, and the answer',
    'names the accounts that were not reached.',
    '',
  ].join('\n');
