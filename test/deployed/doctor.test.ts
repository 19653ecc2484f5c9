/**
 * `cordon doctor --json`, the command itself, on the installation in moto: healthy; broken in one way after another, each
 * mended before the next, where exactly the line about it fails with what to do; then healthy again.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CreateDetectorCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import {
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { afterDeployment } from '../../src/cli/doctor/after/index.ts';
import { awsSite } from '../../src/cli/doctor/aws-site.ts';
import { inLines, runChecks } from '../../src/cli/doctor/run.ts';
import type { Site } from '../../src/cli/doctor/site.ts';
import { loadConfig } from '../../src/config/load.ts';
import { breakages, secretIs } from './breakages.ts';
import { type Installation, install } from './installation.ts';
import { home, member } from './places.ts';
import { keepMoving } from './pumps.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'cordon-doctor-'));

/** As `cordon install` writes it, for the account that has its roles besides. */
const configFile = (name: string, responders = "groups: ['S0SECRESP']"): string => {
  const file = join(folder, `${name}.config.ts`);
  writeFileSync(
    file,
    `import { defineConfig } from '${resolve('src/config/define-config.ts')}';
export const config = defineConfig({
  workspace: 'T0CORDON',
  channel: 'C0SECURITY',
  responders: { ${responders} },
  approvers: { groups: ['S0SECAPPR'] },
  accounts: {
    '${member}': { name: 'prod-payments', response: true },
    '${home}': { name: 'security-tooling', response: false },
  },
  securityAccount: '${home}',
  homeRegion: 'eu-west-1',
});
`,
  );
  return file;
};

let installed: Installation;
let terminal: Terminal;

interface Report {
  readonly healthy: boolean;
  readonly checks: readonly {
    readonly id: string;
    readonly verdicts: readonly {
      readonly kind: string;
      readonly says: string;
      readonly remedy?: string;
    }[];
  }[];
}

const whole = configFile('whole');

const looked = async ({ args = [], config = whole, as = home, still = false }: Looking = {}) => {
  const moving = still ? undefined : keepMoving(installed.pumps);
  const { code, printed } = await terminal.run(
    ['doctor', '--json', '--config', config, ...args],
    installed.owner(as).credentials,
  );
  await moving?.stop();
  return { code, report: JSON.parse(printed) as Report };
};
interface Looking {
  readonly args?: readonly string[];
  readonly config?: string;
  readonly as?: typeof home | typeof member;
  readonly still?: boolean;
}

const failing = ({ checks }: Report) =>
  checks.flatMap(({ id, verdicts }) =>
    verdicts.flatMap(({ kind, says, remedy = '' }) =>
      kind === 'broken' ? [{ id, says, remedy }] : [],
    ),
  );

beforeAll(async () => {
  installed = await install(inject('moto'));
  for (const account of [home, member] as const)
    await new GuardDutyClient(installed.owner(account)).send(
      new CreateDetectorCommand({ Enable: true }),
    );
  terminal = await openTerminal({ ...installed, functions: () => installed.functions });
  await secretIs(installed);
});
afterAll(async () => {
  await terminal?.close();
  await installed?.close();
});

test('a healthy installation: every check is made, exit code 0, the synthetic finding leaves no card behind', async () => {
  const { code, report } = await looked();
  expect(failing(report)).toEqual([]);
  expect({ code, healthy: report.healthy }).toEqual({ code: 0, healthy: true });
  expect(report.checks).toHaveLength(4 + afterDeployment.length);
  expect(report.checks.at(-1)?.verdicts[0]?.says).toContain('its card is removed');
  const posted = installed.slack.calls().filter(({ method }) => method === 'chat.postMessage');
  expect(posted).toHaveLength(1);
  const { channels } = installed.slack.state() as {
    readonly channels: readonly { readonly messages: readonly unknown[] }[];
  };
  expect(channels.flatMap(({ messages }) => messages)).toEqual([]);
});

test.each(Object.entries(breakages))(
  '%s: that line fails and no other, with what to do, and exit code 1',
  async (_, { line, says, remedy, breaks, still = false }) => {
    const mend = await breaks({ ...installed, terminal });
    const { code, report } = await looked({ still }).finally(mend);
    const told = failing(report);
    expect(told).toEqual([
      { id: line, says: expect.stringMatching(says), remedy: expect.stringMatching(remedy) },
    ]);
    expect({ code, healthy: report.healthy }).toEqual({ code: 1, healthy: false });
    expect(JSON.stringify(report)).not.toContain(installed.slack.token);
  },
);

test('credentials of another account: that line fails, and what needs it is not looked at', async () => {
  const { code, report } = await looked({ as: member });
  expect(failing(report)).toEqual([
    {
      id: 'account',
      says: expect.stringContaining(`account ${member}`),
      remedy: expect.stringContaining(`Use credentials of ${home}`),
    },
  ]);
  const skipped = report.checks.filter(({ verdicts }) =>
    verdicts[0]?.says.includes('not looked at before'),
  );
  expect(skipped).toHaveLength(afterDeployment.length - 1);
  expect(code).toBe(1);
});

test.each([
  ['a configuration by which nobody may act', 'config', /responders is empty/, /Name users/],
  [
    'a manifest of an older release',
    'manifest',
    /scope users:read is missing/,
    /from this release/,
  ],
] as const)('%s: that line fails and no other', async (_, line, says, remedy) => {
  const manifest = join(folder, 'manifest.yml');
  writeFileSync(manifest, readFileSync('manifest.yml', 'utf8').replace('      - users:read\n', ''));
  const { code, report } = await looked(
    line === 'config'
      ? { config: configFile('nobody', 'users: []') }
      : { args: ['--manifest', manifest] },
  );
  expect(failing(report)).toEqual([
    { id: line, says: expect.stringMatching(says), remedy: expect.stringMatching(remedy) },
  ]);
  expect(code).toBe(1);
});

test('mended, it is healthy again, with exit code 0', async () => {
  const { code, report } = await looked();
  expect(failing(report)).toEqual([]);
  expect(code).toBe(0);
});

test('a response role that is gone', async () => {
  const iam = new IAMClient(installed.owner(member));
  const RoleName = 'cordon-respond';
  const { AttachedPolicies = [] } = await iam.send(
    new ListAttachedRolePoliciesCommand({ RoleName }),
  );
  for (const { PolicyArn } of AttachedPolicies)
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
  const { report } = await looked();
  expect(failing(report)).toEqual([
    {
      id: 'accounts',
      says: expect.stringMatching(/cordon-respond is not deployed, but .*response: true/),
      remedy: expect.stringContaining('Respond=yes'),
    },
  ]);
});

test('functions that nothing moves, by a clock that goes faster', async () => {
  let at = Date.now();
  const { functions, slackApiUrl } = installed;
  const stalled: Site = {
    ...awsSite(await loadConfig(whole), {
      aws: installed.owner(home),
      slackApiUrl,
      instead: { CORDON_SLACK_SECRET_ID: 'cordon-slack' },
    }),
    invoke: (name, event) => functions[name].lambda.invoke(event),
    now: () => at,
    sleep: async (milliseconds) => {
      at += milliseconds * 10;
    },
  };
  const journey = afterDeployment.filter(({ id }) => id === 'journey');
  const told = (await runChecks(journey, stalled, () => {})).map(inLines).join();
  expect(told).toMatch(/FAIL journey .*did not become a card within a minute\n.*cordon-ingest/);
});
