/** `cordon.config.ts`: written from a few answers, or taken as it is when it is the owner's already. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CordonConfig } from '../../config/config.ts';
import { readConfig } from '../../config/define-config.ts';
import { loadConfig } from '../../config/load.ts';
import { type Context, type Question, type Step, StepProblem } from './step.ts';

/** The example says so in its first line; anything else is somebody's own. */
const exampleMark = /^\/\*\* An example with synthetic ids/;

const isOwners = (file: string): boolean =>
  existsSync(file) && !exampleMark.test(readFileSync(file, 'utf8'));

const idsOf = (answer: string): readonly string[] => answer.split(/[\s,]+/).filter(Boolean);

const slackIds = (answer: string): string | undefined =>
  idsOf(answer).length > 0 && idsOf(answer).every((id) => /^[USW][A-Z0-9]{2,}$/.test(id))
    ? undefined
    : 'Give ids of people (U…) or user groups (S…), with commas between them.';

/** Under which setting of the deployment the answer belongs, undefined where it is none of them. */
const pagerSetting = (answer: string): string | undefined =>
  Object.entries({
    pagerWebhooks: /^https:\/\/\S+$/,
    pagerPhones: /^\+[1-9]\d{6,14}$/,
    pagerEmails: /^[^\s@]+@[^\s@]+$/,
  }).find(([, shape]) => shape.test(answer))?.[0];

const questions = {
  channel: {
    id: 'channel',
    text: 'Id of the channel for cards (C…, at the end of its link)',
    problem: (answer) =>
      /^[CG][A-Z0-9]{2,}$/.test(answer) ? undefined : 'A channel’s id begins with C.',
  },
  accountName: { id: 'accountName', text: 'What people call this AWS account' },
  responders: {
    id: 'responders',
    text: 'Who may ask for a response: ids of people (U…) or user groups (S…)',
    problem: slackIds,
  },
  approvers: {
    id: 'approvers',
    text: 'Who may approve what somebody else asked for',
    problem: slackIds,
  },
  pager: {
    id: 'pager',
    text: 'Who is paged when nobody approves and when Cordon itself is ill: mail address, phone (+15555550100) or https webhook',
    problem: (answer) =>
      pagerSetting(answer) ? undefined : 'Give a mail address, a phone with + or an https address.',
  },
  alone: {
    id: 'alone',
    text: 'At night nobody may be there to approve. Shall approvers be paged and the responder wait (paging), or may whoever is on call act alone, with a reason and announced to everybody (break-glass)?',
    problem: (answer) =>
      ['paging', 'break-glass'].includes(answer) ? undefined : 'Answer paging or break-glass.',
  },
} as const satisfies Readonly<Record<string, Question>>;

const people = (answer: string): string => {
  const ids = idsOf(answer);
  const [users, groups] = [
    ids.filter((id) => !id.startsWith('S')),
    ids.filter((id) => id.startsWith('S')),
  ];
  return JSON.stringify({
    ...(users.length > 0 ? { users } : {}),
    ...(groups.length > 0 ? { groups } : {}),
  });
};

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** `./src/config/define-config.ts`, for a file in the folder of the clone. */
const fromHere = (configFile: string): string => {
  const path = relative(dirname(resolve(configFile)), join(root, 'src/config/define-config.ts'));
  return path.startsWith('.') ? path : `./${path}`;
};

/** Observing only: no account may be changed before its owner says so. */
const written = (
  facts: Readonly<Record<keyof typeof questions, string>>,
  context: Context,
): string =>
  [
    `import { defineConfig } from '${fromHere(context.configFile)}';`,
    '',
    '/** Written by `cordon install`; yours from now on. docs/defaults.md lists what else can be set. */',
    'export const config = defineConfig({',
    `  workspace: ${JSON.stringify(context.fact('workspace'))},`,
    `  channel: ${JSON.stringify(facts.channel)},`,
    `  responders: ${people(facts.responders)},`,
    `  approvers: ${people(facts.approvers)},`,
    `  onCall: ${people(facts.responders)},`,
    `  accounts: { ${JSON.stringify(context.fact('account'))}: { name: ${JSON.stringify(facts.accountName)}, response: false } },`,
    `  securityAccount: ${JSON.stringify(context.fact('account'))},`,
    `  homeRegion: ${JSON.stringify(context.fact('region'))},`,
    `  deployment: { ${pagerSetting(facts.pager)}: [${JSON.stringify(facts.pager)}] },`,
    `  approval: { breakGlass: ${facts.alone === 'break-glass'} },`,
    '});',
    '',
  ].join('\n');

const write = async (context: Context): Promise<void> => {
  const facts: Record<string, string> = {};
  for (const [name, question] of Object.entries(questions))
    facts[name] = await context.ask(question);
  const text = written(facts as Record<keyof typeof questions, string>, context);
  writeFileSync(context.configFile, text);
  context.say(`Wrote ${context.configFile}. No account may be changed yet (response: false).`);
};

const loaded = async (context: Context): Promise<CordonConfig> =>
  readConfig(await loadConfig(context.configFile));

export const configuration: Step = {
  id: 'config',
  title: 'The configuration',
  async run(context) {
    if (isOwners(context.configFile))
      context.say(`${context.configFile} is yours already: it is kept.`);
    else await write(context);
    const config = await loaded(context);
    if (config.securityAccount !== context.fact('account'))
      throw new StepProblem(
        `securityAccount is ${config.securityAccount}, your credentials are of ${context.fact('account')}`,
        'Use credentials of the account that Cordon is to run in, or change the configuration.',
      );
    context.learn('channel', config.channel);
  },
};
