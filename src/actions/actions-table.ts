/** docs/actions.md, generated from the one list of actions. */
import type { Action, RefusalCode } from './action.ts';
import { actions } from './index.ts';
import { memberRoleName } from './role-names.ts';

const consent = [
  'nobody’s approval',
  'one responder',
  'a responder and one other approver',
  'two approvers and a step-up',
] as const;

const operations = (names: readonly string[]): string =>
  names.map((name) => `\`${name}\``).join(', ');

const cell = (sentences: readonly string[]): string => sentences.join(' ');

const refusals = ({ refuses }: Action): string =>
  Object.entries(refuses)
    .map(([code, when]) => `**${code}**: ${when}`)
    .join('<br>');

const undo = ({ permissions }: Action): string =>
  permissions.undo.length === 0
    ? 'nothing can be taken back'
    : 'each value goes back to what was recorded, the last one first';

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
    `| what it does | ${action.does} |`,
    `| what it cannot do | ${cell(action.limits)} |`,
    `| refused | ${refusals(action)} |`,
    `| undo | ${undo(action)} |`,
    `| undo leaves | ${cell(action.undoCannot)} |`,
    `| review | after ${action.reviewAfterHours} h |`,
    `| asks until when | ${action.expires ? 'yes' : 'no'} |`,
    `| plan calls | ${operations(action.permissions.plan)} |`,
    `| execute calls | ${operations(action.permissions.execute)} |`,
    `| verify calls | ${operations(action.permissions.verify)} |`,
    `| undo calls | ${operations(action.permissions.undo)} |`,
  ].join('\n');

/** Given around any action: src/flows/gate-target.ts, gate-role.ts, offer-plan.ts. */
const everywhere = {
  'unknown-account': 'The configuration does not name the account.',
  observed:
    'Response is switched off for the account, or the action is not switched on there: the plan is shown with the commands to do it by hand.',
  'not-permitted': 'AWS did not let Cordon look.',
  'role-missing': 'The account does not have the response role that the action needs.',
  'role-outdated': 'The response role of the account is older than the action needs.',
  sample: 'The finding is a sample of the service: there is nothing behind it.',
  'not-supported': 'No service keeps the finding, so nothing can be archived.',
} as const satisfies Readonly<{ [code in RefusalCode]?: string }>;

export const actionsTable = (): string =>
  `${[
    '# Actions',
    '',
    'Generated from `src/actions/index.ts`; do not edit. The plan of each action says, against live',
    'state, what it would change, what else it cannot stop there, how far it reaches and whether it is',
    'refused, always with what to do instead. `cordon policy` prints the IAM policies that follow from',
    'the calls below.',
    '',
    'Besides its own refusals, any action is refused:',
    '',
    ...Object.entries(everywhere).map(([code, when]) => `- **${code}**: ${when}`),
    '',
    'Undo is refused (**wrong-state**) where a value is no longer what Cordon left, with the difference and',
    'what to restore by hand; and where another containment holds a value, that value stays.',
    '',
    actions.map(section).join('\n\n'),
  ].join('\n')}\n`;
