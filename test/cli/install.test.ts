/** `cordon install`: interrupted at each step and resumed, nothing is done twice; and what a person is asked at a terminal. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { askPerson } from '../../src/cli/install/ask.ts';
import { steps } from '../../src/cli/install/index.ts';
import { readKnown, runSteps } from '../../src/cli/install/run.ts';
import type { Cloud, Context, Question } from '../../src/cli/install/step.ts';
import { createSlackWorkspace } from '../../src/local/slack/workspace.ts';

const account = '999988887777';
const answers: Readonly<Record<string, string>> = {
  region: 'eu-west-1',
  channel: 'C0SECURITY',
  accountName: 'security-tooling',
  responders: 'U0MARIA',
  approvers: 'S0SECAPPR',
  pager: 'oncall@example.com',
  alone: 'paging',
  bucket: 'example-code',
  addressesSet: 'yes',
  invited: 'yes',
};

/** Everything outside that a step changes or asks for, as a list of what was done; dies before the `nth` of it. */
const outside = (
  folder: string,
  done: string[],
  { at = -1, name = 'first' }: { readonly at?: number; readonly name?: string } = {},
) => {
  const slack = createSlackWorkspace({ now: () => 0 });
  const doing = (what: string): void => {
    if (at === done.length) throw new Error('the terminal was closed');
    done.push(what);
  };
  const cloud: Cloud = {
    account: async () => account,
    async make() {
      return { zips: folder, templates: folder };
    },
    upload: async (_, { prefix }, ending) => doing(`upload ${prefix}*${ending}`),
    async deploy({ name: stack, region, parameters }) {
      doing(`deploy ${stack} ${region ?? 'at home'} ${parameters['ExternalId'] ?? ''}`.trim());
      return {
        SlackRequestUrl: 'https://api.example.com/slack/events',
        SlackSecretArn: 'cordon-slack',
        SecurityBusArn: `arn:aws:events:eu-west-1:${account}:event-bus/cordon-security`,
      };
    },
    putSecret: async (id) => doing(`fill ${id}`),
  };
  return {
    ask: async ({ id }: Question) =>
      ({ ...answers, token: slack.token, signingSecret: slack.signingSecret })[id] ?? '',
    say: () => undefined,
    slack:
      () =>
      async (method: string, params: Readonly<Record<string, string>> = {}) => {
        const { body } = slack.handleApi({ method, params, token: slack.token });
        return { body, header: () => undefined };
      },
    cloud,
    configFile: join(folder, 'cordon.config.ts'),
    manifestFile: 'manifest.yml',
    folder,
    newId: () => `${name}-external-id`,
    examine: async () => {
      doing('examine');
      return [];
    },
  } satisfies Partial<Context>;
};

/** What each step does outside; in an interrupted one all of it again, which changes nothing that is as it should be. */
const doings: Readonly<Record<string, readonly string[]>> = {
  deploy: [
    'upload cordon/0.1.0/*.zip',
    'upload cordon/0.1.0/*.template.json',
    'deploy cordon at home first-external-id',
    'deploy cordon-forward us-east-1',
  ],
  secret: ['fill cordon-slack'],
  'member-role': [
    'upload cordon/0.1.0/*member-role.yaml',
    'deploy cordon-member at home first-external-id',
  ],
  'first-card': ['examine'],
};
const whole = Object.values(doings).flat();

const folderOf = (): string => mkdtempSync(join(tmpdir(), 'cordon-install-'));

test('it does everything once, in its order', async () => {
  const folder = folderOf();
  const done: string[] = [];
  await runSteps(steps, join(folder, 'install.json'), outside(folder, done));
  expect(done).toEqual(whole);
  await runSteps(steps, join(folder, 'install.json'), outside(folder, done));
  expect(done).toEqual(whole);
});

test.each(whole.map((what, at) => [what, at] as const))(
  'interrupted before “%s”, it goes on there: the same external id, no finished step again',
  async (_, at) => {
    const folder = folderOf();
    const file = join(folder, 'install.json');
    const done: string[] = [];
    const world = outside(folder, done, { at });
    await expect(runSteps(steps, file, world)).rejects.toThrow('the terminal was closed');
    expect(done).toEqual(whole.slice(0, at));
    const { done: finished } = readKnown(file);
    const written = readFileSync(join(folder, 'cordon.config.ts'), 'utf8');
    const rest: string[] = [];
    await runSteps(steps, file, outside(folder, rest, { name: 'second' }));
    expect(readKnown(file).done).toEqual(steps.map(({ id }) => id));
    const left = Object.entries(doings).filter(([id]) => !finished.includes(id));
    expect(rest).toEqual(left.flatMap(([, what]) => what));
    expect(readFileSync(join(folder, 'cordon.config.ts'), 'utf8')).toBe(written);
  },
);

/** A terminal: types each answer when it is asked for one, and keeps what is shown. */
const terminal = (typed: readonly string[]) => {
  const input = new PassThrough();
  const output = new PassThrough();
  const left = [...typed];
  let shown = '';
  output.on('data', (chunk) => {
    shown += String(chunk);
    if (!stripVTControlCharacters(String(chunk)).endsWith(': ')) return;
    const next = left.shift();
    if (next !== undefined) setImmediate(() => input.write(`${next}\n`));
  });
  return { input, output, shown: () => shown };
};

const questionOf = async (id: string): Promise<Question> => {
  const asked: Question[] = [];
  const folder = folderOf();
  const world = outside(folder, []);
  await runSteps(steps, join(folder, 'install.json'), {
    ...world,
    ask: (question) => {
      asked.push(question);
      return world.ask(question);
    },
  });
  const found = asked.find((one) => one.id === id);
  if (!found) throw new Error(`nothing asks ${id}`);
  return found;
};

test.each([
  ['region', ['Europe', 'eu-west-1'], 'For example eu-west-1.'],
  ['channel', ['#security', 'C0SECURITY'], 'A channel’s id begins with C.'],
  ['responders', ['maria@example.com', 'U0MARIA, S0SECRESP'], 'Give ids of people'],
  ['pager', ['oncall', 'oncall@example.com'], 'Give a mail address'],
  ['alone', ['', 'yes', 'break-glass'], 'Answer paging or break-glass.'],
  ['bucket', ['My Bucket', 'example-code'], 'That is no bucket’s name.'],
  ['accountName', ['', 'prod'], 'An answer is needed.'],
] as const)('a wrong answer to %s is asked again with what is wrong', async (id, typed, wrong) => {
  const said: string[] = [];
  const { input, output, shown } = terminal(typed);
  const question = await questionOf(id);
  const answer = await askPerson((text) => said.push(text), { input, output })(question);
  expect(answer).toBe(typed.at(-1));
  expect(said.join('\n')).toContain(wrong);
  expect(said).toHaveLength(typed.length - 1);
  expect(shown().split(question.text.slice(0, 20)).length).toBeGreaterThan(typed.length);
});

test('a secret is not shown while it is typed, checked, and asked for once in a run', async () => {
  const said: string[] = [];
  const { input, output, shown } = terminal(['xoxp-not-a-bot', 'xoxb-1234-example']);
  const ask = askPerson((text) => said.push(text), { input, output });
  const token = await questionOf('token');
  expect(await ask(token)).toBe('xoxb-1234-example');
  expect(await ask(token)).toBe('xoxb-1234-example');
  expect(said).toEqual(['A bot token begins with xoxb-.']);
  expect(shown()).toContain(token.text);
  expect(shown()).not.toMatch(/xox[bp]-\w/);
});

test('an empty answer takes what the question offers', async () => {
  const { input, output } = terminal(['']);
  const question = await questionOf('invited');
  expect(await askPerson(() => undefined, { input, output })(question)).toBe('yes');
});
