/** docs/rules.md, generated from the one list of rules. */
import { defaultRules } from './index.ts';
import type { Rule } from './rule.ts';

const code = (values: readonly string[]): string =>
  values.map((value) => `\`${value}\``).join(', ') || '–';

const row = ({ id, title, severity, attack, actions, because }: Rule, index: number): string =>
  `| ${index + 1} | \`${id}\` | ${title} | ${severity ?? '–'} | ${code(attack)} | ${code(actions)} | ${because} |`;

export const rulesTable = (): string =>
  `${[
    '# Rules',
    '',
    'Generated from `src/rules/index.ts`; do not edit. The first rule that matches decides what a card',
    'says and offers; a finding that no rule knows is shown under its own title. Each rule is one file of',
    '`src/rules/pack/`, with the events that it matches and some that it does not. `cordon explain` prints',
    'which rule decides about an event, `cordon new rule` writes a rule of your own.',
    '',
    '| | id | title of the card | severity instead of the source’s | ATT&CK | offers | because |',
    '|---|---|---|---|---|---|---|',
    ...defaultRules.map(row),
  ].join('\n')}\n`;
