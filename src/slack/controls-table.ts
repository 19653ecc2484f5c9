/** docs/controls.md: every control that Cordon draws, for whoever drives it from outside. */
import { actions } from '../actions/index.ts';
import { controls, opensModal, planCallback, planInputs } from './controls.ts';

type Control = Exclude<keyof typeof controls, 'plan'>;

interface About {
  readonly label: string;
  readonly where: string;
  readonly value: 'case' | 'case and offer' | 'request' | 'page' | 'nothing';
  /** Whose role is asked for when it is pressed. */
  readonly who: 'responder' | 'approver' | 'requester' | 'responder or approver' | 'who asked';
}

const about: { readonly [C in Control]: About } = {
  more: {
    label: '(menu)',
    where: 'case card, when it has more than two actions',
    value: 'case and offer',
    who: 'responder',
  },
  acknowledge: {
    label: 'Acknowledge',
    where: 'case card, until somebody has it',
    value: 'case',
    who: 'responder',
  },
  approve: {
    label: 'Approve',
    where: 'pending request: card and View plan',
    value: 'request',
    who: 'approver',
  },
  deny: {
    label: 'Deny',
    where: 'pending request: card and View plan',
    value: 'request',
    who: 'approver',
  },
  withdraw: { label: 'Withdraw', where: 'pending request', value: 'request', who: 'requester' },
  viewPlan: {
    label: 'View plan',
    where: 'pending request',
    value: 'request',
    who: 'responder or approver',
  },
  stop: {
    label: 'Stop after this step',
    where: 'executing request',
    value: 'request',
    who: 'responder',
  },
  finish: {
    label: 'Finish the rest',
    where: 'stopped request',
    value: 'request',
    who: 'responder',
  },
  undo: {
    label: 'Undo, or Undo what was done',
    where: 'request with changes in force',
    value: 'request',
    who: 'responder',
  },
  showCase: {
    label: 'Show',
    where: 'lists of cases: answers to commands, home tab',
    value: 'case',
    who: 'responder or approver',
  },
  next: {
    label: 'Next',
    where: 'answer to a command, when there is more',
    value: 'page',
    who: 'who asked',
  },
  stepUp: {
    label: 'Confirm with passkey, or Add a passkey',
    where: 'answer to Approve at tier 3, or to `/cordon passkey`; opens the step-up page',
    value: 'nothing',
    who: 'approver',
  },
};

const values: Readonly<Record<About['value'], string>> = {
  case: '`CASE.TOKEN`',
  'case and offer': '`CASE.TOKEN.OFFER`',
  request: '`REQUEST.TOKEN`',
  page: '`TOKEN`',
  nothing: '`open`',
};

const row = (id: string, { label, where, value, who }: About): string =>
  `| \`${id}\` | ${label} | ${where} | ${values[value]} | ${who} | ${opensModal(id) ? 'yes' : 'no'} |`;

const planRows = actions.map((action) =>
  row(controls.plan + action.id, {
    label: action.label,
    where: 'case card',
    value: 'case and offer',
    who: 'responder',
  }),
);

const controlNames = Object.keys(about) as readonly Control[];

const inputs: { readonly [I in keyof typeof planInputs]: string } = {
  reason: 'one of the listed reasons',
  text: 'anything to add, optional, at most 500 characters',
  days: 'how many days a suppression holds',
  scope:
    'what a suppression hides: `finding`, `resource`, `principal`, `account`, `tag-1` … or `everywhere`',
  archive: '`archive`: a suppression also archives the finding in AWS; optional',
};

const inputRows = Object.entries(planInputs).map(
  ([name, { block, action }]) =>
    `| \`${block}\` | \`${action}\` | ${inputs[name as keyof typeof planInputs]} |`,
);

export const controlsTable = (): string =>
  [
    '# Controls',
    '',
    'Generated from `src/slack/controls.ts` and the list of actions; do not edit. These ids are stable.',
    'A value is an opaque reference. It names what was pressed and proves nothing: who may do what is',
    'looked up again at each step, and an old token is refused.',
    '',
    '## Buttons and menus',
    '',
    '| `action_id` | label | where | value | needs | opens a modal |',
    '|---|---|---|---|---|---|',
    ...planRows,
    ...controlNames.map((name) => row(controls[name], about[name])),
    '',
    'A second target of the same action on one card adds its offer to the id: `plan:ACTION:OFFER`.',
    '',
    '## Modals',
    '',
    `The plan modal has the callback id \`${planCallback}\` and these inputs:`,
    '',
    '| `block_id` | `action_id` | value |',
    '|---|---|---|',
    ...inputRows,
    '',
    'Commands are in [commands.md](commands.md).',
    '',
  ].join('\n');
