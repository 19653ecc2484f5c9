/** docs/commands.md, generated from the one list of commands. */
import type { Command } from './command.ts';
import { commands } from './index.ts';

const who: { readonly [N in Command['needs']]: string } = {
  nothing: 'everybody in the workspace',
  'responder or approver': 'responders and approvers',
  responder: 'responders',
};

const rows = ({ uses, summary, needs, who: asked }: Command): readonly string[] =>
  uses.map((use, n) => {
    const said = `/cordon ${use.replaceAll('|', String.raw`\|`)}`.trim();
    return `| \`${said}\` | ${n === 0 ? summary : '″'} | ${asked ?? who[needs]} |`;
  });

export const commandsTable = (): string =>
  [
    '# Commands',
    '',
    'Generated from `src/flows/commands/index.ts`; do not edit. The answer is shown to you alone. Web',
    'acknowledges a command at once and worker answers it. Words in capitals are yours. What fits no use',
    'is answered with the uses. A list longer than one message has a button for its next page.',
    '',
    '| command | tells or does | who may |',
    '|---|---|---|',
    ...commands.flatMap(rows),
    '',
  ].join('\n');
