import { describe, expect, it } from 'vitest';
import type { CordonConfigInput } from '../../src/config/config.ts';
import { ConfigError, type ConfigProblem } from '../../src/config/config-error.ts';
import { defineConfig, readConfig } from '../../src/config/define-config.ts';
import type { Route } from '../../src/rules/route.ts';

const smallest: CordonConfigInput = {
  workspace: 'T0CORDON',
  channel: 'C0SECURITY',
  responders: {},
  approvers: {},
  accounts: { '123456789012': { name: 'security', response: false, ou: 'workloads/prod' } },
  securityAccount: '123456789012',
  homeRegion: 'eu-west-1',
};

const problemsOf = (part: object): readonly ConfigProblem[] => {
  try {
    readConfig({ ...smallest, ...part });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};
const linesOf = (part: object): readonly string[] =>
  problemsOf(part).map(({ path, problem }) => `${path} ${problem}`);

const payments = {
  id: 'payments',
  when: { accounts: ['123456789012'] },
  channel: 'C0PAYMENTS',
} satisfies Route;

describe('routes', () => {
  it.each<[string, Partial<Route>]>([
    ['by account', {}],
    ['by severity', { when: { severity: 'CRITICAL' } }],
    ['by region', { when: { regions: ['eu-west-1', 'us-gov-west-1'] } }],
    ['by source', { when: { sources: ['guardduty'] } }],
    ['by type', { when: { types: ['CryptoCurrency:', 'Trojan:'] } }],
    ['by kind of resource', { when: { kinds: ['instance', 'access-key'] } }],
    ['by several', { when: { severity: 'HIGH', regions: ['eu-west-1'] } }],
    ['to a private channel', { channel: 'G0PAYMENTS' }],
    ['by tag', { when: { tags: { team: ['payments', 'billing'], pci: ['*'] } } }],
    ['by organisational unit', { when: { ous: ['workloads', 'workloads/prod'] } }],
    ['that also mail', { when: { severity: 'CRITICAL' }, email: true }],
    ['that make a card of what is LOW', { outcome: 'card' }],
    ['with people', { mention: { users: ['U0LEE'], groups: ['S0SEC'] } }],
  ])('%s are taken, and pass again unchanged', (_name, change) => {
    const route = { ...payments, ...change };
    const once = defineConfig({ ...smallest, routes: [route] });
    expect(once.routes).toEqual([route]);
    expect(readConfig(once)).toEqual(once);
  });

  it('fill up the people that they name in part', () => {
    const { routes } = defineConfig({ ...smallest, routes: [{ ...payments, mention: {} }] });
    expect(routes[0]?.mention).toEqual({ users: [], groups: [] });
  });

  it('may leave the channel to the rule or the default, and may ask for the digest only', () => {
    const routes: readonly Route[] = [
      { id: 'mail', when: { severity: 'CRITICAL' }, email: true },
      { id: 'later', when: { types: ['Policy:'] }, outcome: 'digest' },
    ];
    expect(defineConfig({ ...smallest, routes }).routes).toEqual(routes);
  });

  it('keep their order', () => {
    const routes = [
      { ...payments, id: 'z' },
      { ...payments, id: 'a' },
    ];
    expect(defineConfig({ ...smallest, routes }).routes.map(({ id }) => id)).toEqual(['z', 'a']);
  });
});

/** One problem, and something to do about it. */
const expectOnly = (change: object, line: string): void => {
  const part = { routes: [{ ...payments, ...change }] };
  expect(linesOf(part)).toEqual([line]);
  expect(problemsOf(part)[0]?.remedy).toMatch(/^[A-Z].{10,}[.?]$/);
};

describe('conditions that are wrong', () => {
  const when = (condition: object) => ({ when: condition });
  it.each<[string, object, string]>([
    ['no conditions', when({}), 'routes[0].when sets no condition'],
    ['conditions missing', { when: undefined }, 'routes[0].when is missing'],
    ['a predicate', { when: () => true }, 'routes[0].when is a function'],
    ['small letters', when({ severity: 'high' }), 'routes[0].when.severity is "high"'],
    [
      'one account, no list',
      when({ accounts: '123456789012' }),
      'routes[0].when.accounts is "123456789012"',
    ],
    ['no accounts in the list', when({ accounts: [] }), 'routes[0].when.accounts is empty'],
    ['an account by name', when({ accounts: ['prod'] }), 'routes[0].when.accounts[0] is "prod"'],
    [
      'an unknown account',
      when({ accounts: ['123456789012', '111122223333'] }),
      'routes[0].when.accounts[1] is not among accounts',
    ],
    ['a zone', when({ regions: ['eu-west-1a'] }), 'routes[0].when.regions[0] is "eu-west-1a"'],
    [
      'an unknown source',
      when({ sources: ['guarduty'] }),
      'routes[0].when.sources[0] is "guarduty"',
    ],
    ['a tag without a list', when({ tags: { team: 'a' } }), 'routes[0].when.tags.team is "a"'],
    [
      'a tag without a key',
      when({ tags: { '': ['a'] } }),
      'routes[0].when.tags. is no key that fits',
    ],
    ['an odd unit', when({ ous: ['/prod'] }), 'routes[0].when.ous[0] is "/prod"'],
    [
      'a unit of no account',
      when({ ous: ['work'] }),
      'routes[0].when.ous[0] is the ou of no account',
    ],
    ['an empty beginning', when({ types: [''] }), 'routes[0].when.types[0] is ""'],
    ['an unknown kind', when({ kinds: ['server'] }), 'routes[0].when.kinds[0] is "server"'],
    [
      'an inherited kind',
      when({ kinds: ['constructor'] }),
      'routes[0].when.kinds[0] is "constructor"',
    ],
  ])('%s', (_name, change, line) => expectOnly(change, line));

  it('a source that is not read', () => {
    const part = {
      sources: ['macie'],
      routes: [{ ...payments, when: { sources: ['guardduty'] } }],
    };
    expect(linesOf(part)).toEqual(['routes[0].when.sources[0] is not among sources']);
  });
});

describe('a route that is wrong', () => {
  it.each<[string, object, string]>([
    ['an odd id', { id: 'My Route' }, 'routes[0].id is "My Route"'],
    ['no id', { id: undefined }, 'routes[0].id is missing'],
    ['a channel by name', { channel: '#payments' }, 'routes[0].channel is "#payments"'],
    ['no effect', { channel: undefined }, 'routes[0] changes nothing'],
    [
      'people and the digest',
      { outcome: 'digest' },
      'routes[0] sends to the digest and to people as well',
    ],
    ['an unknown outcome', { outcome: 'mail' }, 'routes[0].outcome is "mail"'],
    ['an address', { email: 'ana@example.com' }, 'routes[0].email is "ana@example.com"'],
    ['a group as user', { mention: { users: ['S0SEC'] } }, 'routes[0].mention.users[0] is "S0SEC"'],
    ['a list of people', { mention: ['U0LEE'] }, 'routes[0].mention is a list'],
  ])('%s', (_name, change, line) => expectOnly(change, line));

  it.each([
    ['routes[0].chanel', { ...payments, chanel: 'C0X' }, 'channel'],
    ['routes[0].when.acount', { ...payments, when: { acount: ['1'] } }, 'accounts'],
    ['routes[0].mention.group', { ...payments, mention: { group: ['S0SEC'] } }, 'groups'],
  ])(
    'the misspelt setting %s is told the one that was meant, and nothing more',
    (path, route, meant) => {
      expect(problemsOf({ routes: [route] })).toEqual([
        { path, problem: 'is not a setting', remedy: `Did you mean "${meant}"?` },
      ]);
    },
  );

  it('is no list, or the same twice', () => {
    expect(linesOf({ routes: payments })).toEqual(['routes is an object']);
    expect(linesOf({ routes: [payments, payments] })).toEqual([
      'routes[1].id repeats routes[0].id',
    ]);
  });

  it('is told with everything else that is wrong', () => {
    const routes = [
      { ...payments, channel: 'x', when: { accounts: ['111122223333'], kinds: ['server'] } },
      { ...payments, when: {} },
    ];
    expect(linesOf({ routes, quietHours: { from: '8' } })).toEqual([
      'routes[0].when.kinds[0] is "server"',
      'routes[0].channel is "x"',
      'quietHours.timeZone is missing',
      'quietHours.from is "8"',
      'routes[0].when.accounts[0] is not among accounts',
      'routes[1].when sets no condition',
      'routes[1].id repeats routes[0].id',
    ]);
  });
});

describe('quiet hours', () => {
  it('there are none unless they are set', () => {
    expect(defineConfig(smallest).quietHours).toBeUndefined();
  });

  it('need a time zone and have defaults for the rest', () => {
    expect(
      defineConfig({ ...smallest, quietHours: { timeZone: 'Europe/Madrid' } }).quietHours,
    ).toEqual({
      timeZone: 'Europe/Madrid',
      from: '20:00',
      to: '08:00',
      weekends: true,
    });
  });

  it.each(['UTC', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires'])(
    'take the zone %s',
    (timeZone) => {
      const quietHours = { timeZone, from: '00:00', to: '23:59', weekends: false };
      expect(defineConfig({ ...smallest, quietHours }).quietHours).toEqual(quietHours);
    },
  );

  const madrid = { timeZone: 'Europe/Madrid' };
  it.each<[string, unknown, string]>([
    ['no zone', {}, 'quietHours.timeZone is missing'],
    ['a made-up zone', { timeZone: 'Mars/Base' }, 'quietHours.timeZone is "Mars/Base"'],
    ['an offset', { timeZone: '+02:00' }, 'quietHours.timeZone is "+02:00"'],
    ['a number', { timeZone: 1 }, 'quietHours.timeZone is 1'],
    ['no leading zero', { ...madrid, from: '8:00' }, 'quietHours.from is "8:00"'],
    ['24:00', { ...madrid, to: '24:00' }, 'quietHours.to is "24:00"'],
    ['an hour', { ...madrid, from: 20 }, 'quietHours.from is 20'],
    ['yes', { ...madrid, weekends: 'yes' }, 'quietHours.weekends is "yes"'],
    ['no time between', { ...madrid, from: '08:00' }, 'quietHours.to is the same as from (08:00)'],
    ['true', true, 'quietHours is true'],
  ])('are wrong with %s', (_name, quietHours, line) => {
    expect(linesOf({ quietHours })).toEqual([line]);
    expect(problemsOf({ quietHours })[0]?.remedy).toMatch(/^[A-Z].{10,}[.?]$/);
  });

  it('misspelt are told what was meant', () => {
    expect(problemsOf({ quietHours: { ...madrid, timezone: 'UTC' } })[0]?.remedy).toBe(
      'Did you mean "timeZone"?',
    );
    expect(problemsOf({ quiethours: madrid })[0]?.remedy).toBe('Did you mean "quietHours"?');
  });
});
