import { describe, expect, it } from 'vitest';
import type { CordonConfigInput } from '../../src/config/config.ts';
import { ConfigError, type ConfigProblem } from '../../src/config/config-error.ts';
import { defaults } from '../../src/config/defaults.ts';
import { defineConfig, readConfig } from '../../src/config/define-config.ts';
import { sources } from '../../src/findings/finding.ts';
import { defaultRules } from '../../src/rules/index.ts';
import { defineRule } from '../../src/rules/rule.ts';

const smallest: CordonConfigInput = {
  workspace: 'T0CORDON',
  channel: 'C0SECURITY',
  responders: {},
  approvers: {},
  accounts: { '123456789012': { name: 'security', response: false } },
  securityAccount: '123456789012',
  homeRegion: 'eu-west-1',
};

const rule = (id: string) =>
  defineRule({
    id,
    title: 'Server is mining cryptocurrency',
    attack: ['T1496'],
    when: () => true,
    atRisk: 'Money.',
    actions: [],
    because: 'Miners cost money.',
    examples: [],
  });

const problemsOf = (input: unknown): readonly ConfigProblem[] => {
  try {
    readConfig(input);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

const deployment = {
  organization: undefined,
  baseline: false,
  frontDoor: 'http-api',
  customerKey: false,
  permissionsBoundary: undefined,
  reserveConcurrency: true,
  pagerEmails: [],
  pagerPhones: [],
  pagerWebhooks: [],
  logDays: 90,
  archiveDays: 30,
  evidenceDays: 365,
  evidenceLock: 'COMPLIANCE',
};

it('the smallest configuration is filled up with the defaults', () => {
  expect(defineConfig(smallest)).toEqual({
    ...smallest,
    deployment,
    responders: { users: [], groups: [] },
    approvers: { users: [], groups: [] },
    scopedRoles: [],
    viewers: { users: [], groups: [] },
    admins: { users: [], groups: [] },
    onCall: { users: [], groups: [] },
    escalation: {
      criticalMinutes: 5,
      highMinutes: 15,
      steps: [
        { afterMinutes: 0, mention: 'on-call' },
        { afterMinutes: 15, page: true },
      ],
    },
    identities: [],
    sources,
    severity: { mention: 'HIGH', card: 'MEDIUM', digest: 'LOW' },
    routes: [],
    tierRules: [],
    tiers: {},
    units: {},
    rules: defaultRules,
    approval: {
      tier2Minutes: 15,
      tier3Minutes: 30,
      quickUndoMinutes: 15,
      newPasskeyHours: 24,
      reminderMinutes: [2, 5, 12],
      pageMinutes: undefined,
      breakGlass: false,
    },
    digest: {
      at: '09:00',
      timeZone: 'UTC',
      containMinutes: 60,
      resolveHours: 72,
      channel: undefined,
    },
    drills: {
      account: undefined,
      channel: undefined,
      minutes: 60,
      decideMinutes: 10,
      approveMinutes: 5,
      twists: ['approver-absent', 'drift', 'slack-silent', 'counter-move'],
      schedule: [],
    },
    wideChannels: [],
    stepUp: { oidc: undefined },
    resolve: { writeBack: false },
    containment: { watchMinutes: [2, 10, 30, 60] },
    suppression: { defaultDays: 30, maximumDays: 90, maximumDaysCritical: 7 },
    actOnSamples: false,
    ownerTag: 'owner',
    exemptTag: 'ir-exempt',
    breakGlassRoles: [],
    roleNames: { path: '/', prefix: 'cordon-' },
    automation: { accounts: [], vetoSeconds: 120, runsPerHour: 3, rules: [] },
    evidence: { commands: [], from: 'HIGH', casesPerHour: 20, network: {} },
    review: { from: 'HIGH' },
    isolation: { disassociateAddress: false, transitionGroup: false },
  });
});

describe('the smallest configuration', () => {
  it('names nobody, and that is allowed: then nobody may act', () => {
    const { responders, approvers } = defineConfig(smallest);
    expect([...responders.users, ...responders.groups]).toEqual([]);
    expect([...approvers.users, ...approvers.groups]).toEqual([]);
  });

  it('keeps the other defaults of a group of which one is set', () => {
    expect(defineConfig({ ...smallest, approval: { tier2Minutes: 5 } }).approval).toEqual({
      tier2Minutes: 5,
      tier3Minutes: 30,
      quickUndoMinutes: 15,
      newPasskeyHours: 24,
      reminderMinutes: [2, 5, 12],
      pageMinutes: undefined,
      breakGlass: false,
    });
  });

  it('that was checked once passes again unchanged', () => {
    const once = defineConfig(smallest);
    expect(readConfig(once)).toEqual(once);
  });

  it.each(Object.keys(defaults))('knows the setting of the default %s', (id) => {
    // Quiet hours have defaults once their time zone is known.
    const input = { ...smallest, quietHours: { timeZone: 'UTC' } };
    const found = id
      .split('.')
      .reduce<unknown>((value, key) => Reflect.get(Object(value), key), defineConfig(input));
    const { value } = defaults[id as keyof typeof defaults];
    expect(Array.isArray(found) ? found.join(', ') : found).toEqual(value);
  });
});

describe('what is set is taken', () => {
  it.each<[string, Partial<CordonConfigInput>]>([
    ['people of both kinds', { responders: { users: ['U0ANA', 'W0BO'], groups: ['S0SECRESP'] } }],
    ['a person who is responder and approver', people('U0ANA')],
    ['a private channel', { channel: 'G0SECURITY' }],
    ['a person with two accounts', { identities: [{ id: 'ana', slack: ['U0ANA', 'U0ANA2'] }] }],
    ['a region of the government partition', { homeRegion: 'us-gov-west-1' }],
    ['a region with two words', { homeRegion: 'ap-southeast-2' }],
    ['a tier for an action', { tiers: { 'isolate-instance': 3 } }],
    ['own rules', { rules: [rule('miner'), rule('other-2')] }],
    ['no quick undo', { approval: { quickUndoMinutes: 0 } }],
    ['a maximum that is the default', { suppression: { defaultDays: 90, maximumDays: 90 } }],
    ['samples', { actOnSamples: true }],
    ['a tag with a colon', { exemptTag: 'team:do not touch' }],
  ])('%s', (_name, part) => {
    expect(problemsOf({ ...smallest, ...part })).toEqual([]);
    expect(defineConfig({ ...smallest, ...part })).toMatchObject(part);
  });

  function people(id: string): Partial<CordonConfigInput> {
    return { responders: { users: [id] }, approvers: { users: [id] } };
  }
});

/** One problem, as the message shows it up to the full stop; and something to do about it. */
const expectOnly = (part: object, line: string) => {
  const problems = problemsOf({ ...smallest, ...part });
  expect(problems.map(({ path, problem }) => `${path} ${problem}`)).toEqual([line]);
  expect(problems[0]?.remedy).toMatch(/^[A-Z].{10,}[.?]$/);
};

describe('Slack ids that are wrong', () => {
  it.each<[string, object, string]>([
    ['no workspace', { workspace: undefined }, 'workspace is missing'],
    ['a team as the organisation', { enterprise: 'T0CORDON' }, 'enterprise is "T0CORDON"'],
    ['an enterprise', { workspace: 'E0CORDON' }, 'workspace is "E0CORDON"'],
    ['a channel by name', { channel: '#security' }, 'channel is "#security"'],
    ['a channel in small letters', { channel: 'c0security' }, 'channel is "c0security"'],
    ['no responders', { responders: undefined }, 'responders is missing'],
    ['a list of responders', { responders: ['U0ANA'] }, 'responders is a list'],
    ['null for people', { approvers: null }, 'approvers is null'],
    ['one user, no list', { approvers: { users: 'U0ANA' } }, 'approvers.users is "U0ANA"'],
    ['a group as user', { onCall: { users: ['U0ANA', 'S0SEC'] } }, 'onCall.users[1] is "S0SEC"'],
    ['a user as group', { onCall: { groups: ['U0ANA'] } }, 'onCall.groups[0] is "U0ANA"'],
    [
      'a step that does nothing',
      { escalation: { steps: [{ afterMinutes: 1 }] } },
      'escalation.steps[0] does nothing',
    ],
    [
      'steps that go back in time',
      {
        escalation: {
          steps: [
            { afterMinutes: 9, page: true },
            { afterMinutes: 3, page: true },
          ],
        },
      },
      'escalation.steps[1].afterMinutes is less than that of the step before (9)',
    ],
    [
      'a rotation of nobody',
      { onCall: { rotation: { timeZone: 'Europe/Madrid', from: '2026-01-05', users: [] } } },
      'onCall.rotation.users is empty',
    ],
    [
      'a principal that is everybody',
      { identities: [{ id: 'sam', slack: [], aws: ['*'] }] },
      'identities[0].aws[0] is "*"',
    ],
    ['a mention', { onCall: { users: ['<@U0ANA>'] } }, 'onCall.users[0] is "<@U0ANA>"'],
  ])('%s', (_name, part, line) => expectOnly(part, line));
});

describe('identities that are wrong', () => {
  const ana = { id: 'ana', slack: ['U0ANA'] };
  it.each<[string, object[], string]>([
    ['too short', [{ ...ana, id: 'a' }], 'identities[0].id is "a"'],
    ['too long', [{ ...ana, id: 'a'.repeat(65) }], 'identities[0].id is "aaaaaaaaaaaa…"'],
    ['with a space', [{ ...ana, id: 'ana ortiz' }], 'identities[0].id is "ana ortiz"'],
    ['without accounts', [{ id: 'ana' }], 'identities[0].slack is missing'],
    [
      'one account twice',
      [{ ...ana, slack: ['U0ANA', 'U0ANA'] }],
      'identities[0].slack[1] repeats identities[0].slack[0]',
    ],
    [
      'one account, two people',
      [ana, { id: 'bo', slack: ['U0BO', 'U0ANA'] }],
      'identities[1].slack[1] repeats identities[0].slack[0]',
    ],
    [
      'one person twice',
      [ana, { id: 'ana', slack: ['U0BO'] }],
      'identities[1].id repeats identities[0].id',
    ],
  ])('%s', (_name, identities, line) => expectOnly({ identities }, line));
});

describe('accounts and regions that are wrong', () => {
  const account = (settings: unknown) => ({ accounts: { '123456789012': settings } });
  const eleven = { ...smallest.accounts, '12345678901': { name: 'x', response: true } };
  it.each<[string, object, string]>([
    ['eleven digits', { accounts: eleven }, 'accounts.12345678901 is no key that fits'],
    ['no name', account({ response: true }), 'accounts.123456789012.name is missing'],
    ['an empty name', account({ name: ' ', response: true }), 'accounts.123456789012.name is " "'],
    ['yes', account({ name: 'x', response: 'yes' }), 'accounts.123456789012.response is "yes"'],
    ['a text', account('prod'), 'accounts.123456789012 is "prod"'],
    [
      'an unknown one',
      { securityAccount: '999988887777' },
      'securityAccount is not among accounts',
    ],
    ['a number', { securityAccount: 123456789012 }, 'securityAccount is 123456789012'],
    ['an inherited name', { securityAccount: 'constructor' }, 'securityAccount is "constructor"'],
    ['a zone', { homeRegion: 'eu-west-1a' }, 'homeRegion is "eu-west-1a"'],
    ['a country', { homeRegion: 'Ireland' }, 'homeRegion is "Ireland"'],
  ])('%s', (_name, part, line) => expectOnly(part, line));

  it('no accounts at all: then the security account is not among them either', () => {
    const problems = problemsOf({ ...smallest, accounts: undefined });
    expect(problems.map(({ path }) => path)).toEqual(['accounts', 'securityAccount']);
  });
});

describe('rules, tiers and figures that are wrong', () => {
  const twice = [rule('a'), rule('b'), rule('a')];
  const isolate = (tier: unknown) => ({ tiers: { 'isolate-instance': tier } });
  const forever = { maximumDays: Number.POSITIVE_INFINITY };
  it.each<[string, object, string]>([
    ['small letters', { severity: { card: 'high' } }, 'severity.card is "high"'],
    ['an unknown word', { severity: { mention: 'URGENT' } }, 'severity.mention is "URGENT"'],
    ['tier 0: nobody would be asked', isolate(0), 'tiers.isolate-instance is 0'],
    ['tier 4', isolate(4), 'tiers.isolate-instance is 4'],
    ['a tier as text', isolate('2'), 'tiers.isolate-instance is "2"'],
    ['an odd action', { tiers: { 'My Action': 2 } }, 'tiers.My Action is no key that fits'],
    ['a rule, no list', { rules: rule('miner') }, 'rules is an object'],
    ['a rule that is none', { rules: [rule('miner'), { id: 'x' }] }, 'rules[1] is an object'],
    ['a predicate alone', { rules: [() => true] }, 'rules[0] is a function'],
    ['a rule with an odd id', { rules: [rule('Miner!')] }, 'rules[0] is an object'],
    [
      'a rule with an unknown severity',
      { rules: [{ ...rule('a'), severity: 'high' }] },
      'rules[0] is an object',
    ],
    ['two rules of one id', { rules: twice }, 'rules[2].id repeats rules[0].id'],
    ['no time', { approval: { tier2Minutes: 0 } }, 'approval.tier2Minutes is 0'],
    ['half a minute', { approval: { tier3Minutes: 0.5 } }, 'approval.tier3Minutes is 0.5'],
    ['NaN', { approval: { quickUndoMinutes: Number.NaN } }, 'approval.quickUndoMinutes is NaN'],
    ['no group', { approval: 15 }, 'approval is 15'],
    [
      'a default above the maximum',
      { suppression: { defaultDays: 91 } },
      'suppression.defaultDays is 91, more than maximumDays (90)',
    ],
    [
      'a maximum below the default',
      { suppression: { maximumDays: 7 } },
      'suppression.defaultDays is 30, more than maximumDays (7)',
    ],
    ['for ever', { suppression: forever }, 'suppression.maximumDays is Infinity'],
    ['yes to samples', { actOnSamples: 'yes' }, 'actOnSamples is "yes"'],
    ['a tag of AWS', { exemptTag: 'AWS:tag' }, 'exemptTag is "AWS:tag"'],
  ])('%s', (_name, part, line) => expectOnly(part, line));
});

describe('settings that do not exist', () => {
  it('with a name like no other: the known ones are listed', () => {
    const [problem] = problemsOf({ ...smallest, frobnicate: 1 });
    expect(problem?.problem).toBe('is not a setting');
    expect(problem?.remedy).toMatch(/^There are: workspace, enterprise, channel, .*exemptTag\.$/);
  });

  it.each<[string, object, string]>([
    ['chanel', { chanel: 'C0SECURITY' }, 'channel'],
    ['Approver', { Approver: {} }, 'approvers'],
    ['oncall', { oncall: {} }, 'onCall'],
    ['supression', { supression: {} }, 'suppression'],
    ['severity.mentions', { severity: { mentions: 'HIGH' } }, 'mention'],
    ['responders.user', { responders: { user: ['U0ANA'] } }, 'users'],
    ['approval.tier2Minute', { approval: { tier2Minute: 3 } }, 'tier2Minutes'],
    [
      'accounts.123456789012.respond',
      { accounts: { '123456789012': { name: 'x', response: true, respond: true } } },
      'response',
    ],
  ])('the misspelt setting %s is told the one that was meant', (path, part, meant) => {
    expect(problemsOf({ ...smallest, ...part })).toEqual([
      { path, problem: 'is not a setting', remedy: `Did you mean "${meant}"?` },
    ]);
  });

  it.each([undefined, null, 'config', []])('%j is no configuration', (input) => {
    expect(problemsOf(input).map(({ path }) => path)).toEqual(['config']);
  });
});

describe('everything that is wrong is reported at once', () => {
  const input = {
    ...smallest,
    workspace: 'cordon',
    accounts: { prod: { name: '', response: true } },
    severity: { card: 'high' },
    identities: [
      { id: 'ana', slack: ['U0ANA'] },
      { id: 'bo', slack: ['U0ANA'] },
    ],
    rules: [rule('miner'), rule('miner')],
    chanel: 'C0SECURITY',
  };

  it('in the list of problems', () => {
    expect(problemsOf(input).map(({ path }) => path)).toEqual([
      'chanel',
      'workspace',
      'accounts.prod',
      'accounts.prod.name',
      'severity.card',
      'securityAccount',
      'identities[1].slack[0]',
      'rules[1].id',
    ]);
  });

  it('and in the message, one line each, which says what to do', () => {
    expect(() => readConfig(input)).toThrow(ConfigError);
    expect(() => readConfig(input)).toThrow(
      /^The configuration has 8 problems:\n(- .+\. .+[.?]\n?){8}$/,
    );
    expect(() => readConfig(input)).toThrow('- chanel is not a setting. Did you mean "channel"?');
  });

  it('without spelling out a secret that was pasted by mistake', () => {
    const token = `xoxb-${'1234567890'.repeat(4)}`;
    const [problem] = problemsOf({ ...smallest, workspace: token });
    expect(problem?.problem).toBe('is "xoxb-1234567…"');
  });
});
