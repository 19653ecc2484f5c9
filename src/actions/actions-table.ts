/** docs/actions.md, generated from the one list of actions. */
import { type Action, memberRoleName } from './action.ts';
import { actions } from './index.ts';

const consent = [
  'nobody’s approval',
  'one responder',
  'a responder and one other approver',
  'two approvers and a step-up',
] as const;

const operations = (names: readonly string[]): string =>
  names.map((name) => `\`${name}\``).join(', ');

const section = (action: Action): string =>
  [
    `## ${action.title}`,
    '',
    '| | |',
    '|---|---|',
    `| id | \`${action.id}\` |`,
    `| works on | ${action.on} |`,
    `| tier | ${action.tier}: ${consent[action.tier]} |`,
    `| role | \`${memberRoleName(action.role)}\` |`,
    `| review | after ${action.reviewAfterHours} h |`,
    `| asks until when | ${action.expires ? 'yes' : 'no'} |`,
    `| undo leaves | ${action.undoCannot.join(' ')} |`,
    `| plan calls | ${operations(action.permissions.plan)} |`,
    `| execute calls | ${operations(action.permissions.execute)} |`,
    `| verify calls | ${operations(action.permissions.verify)} |`,
    `| undo calls | ${operations(action.permissions.undo)} |`,
  ].join('\n');

export const actionsTable = (): string =>
  `${[
    '# Actions',
    '',
    'Generated from `src/actions/index.ts`; do not edit. The plan of each action says, against live',
    'state, what it would change, what it cannot stop, how far it reaches and whether it is refused.',
    '`cordon policy` prints the IAM policies that follow from the calls below.',
    '',
    actions.map(section).join('\n\n'),
  ].join('\n')}\n`;
