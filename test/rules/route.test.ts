import { describe, expect, it } from 'vitest';
import { type Finding, type Severity, severities } from '../../src/findings/finding.ts';
import { parse } from '../../src/findings/parse.ts';
import { decide } from '../../src/rules/decide.ts';
import { defaultRules } from '../../src/rules/index.ts';
import { type Route, type RouteSettings, routeOf } from '../../src/rules/route.ts';
import { readEvent } from '../fixtures/events/read-event.ts';

const read = parse(readEvent('guardduty-ec2-c2'));
if (read.kind === 'ignored') throw new Error(read.because);
/** HIGH, GuardDuty, account 123456789012 in eu-west-1, about an instance. */
const c2: Finding = read;

const settings = {
  channel: 'C0SECURITY',
  severity: { mention: 'HIGH' },
  accounts: { '123456789012': { name: 'prod-payments' } },
} as const satisfies RouteSettings;

const payments = { id: 'payments', channel: 'C0PAYMENTS' } as const;
const route = (when: Route['when'], change: Partial<Route> = {}): Route => ({
  ...payments,
  when,
  ...change,
});

const routed = (routes: readonly Route[], change: Partial<RouteSettings> = {}) =>
  routeOf(c2, c2.severity, { ...settings, routes, ...change });

describe('each condition, by itself', () => {
  it.each<[Route['when'], string]>([
    [{ severity: 'HIGH' }, 'at least HIGH'],
    [{ severity: 'LOW' }, 'at least LOW'],
    [{ accounts: ['111122223333', '123456789012'] }, 'account prod-payments'],
    [{ regions: ['us-east-1', 'eu-west-1'] }, 'region eu-west-1'],
    [{ sources: ['macie', 'guardduty'] }, 'source GuardDuty'],
    [{ types: ['Trojan:', 'Backdoor:EC2/'] }, 'type Backdoor:EC2/…'],
    [{ kinds: ['bucket', 'instance'] }, 'about a resource of kind instance'],
  ])('%j holds, and the reason says why', (when, because) => {
    expect(routed([route(when)])).toEqual({
      route: 'payments',
      channel: 'C0PAYMENTS',
      mention: true,
      because: [`Route payments: ${because}.`],
    });
  });

  it.each<[Route['when']]>([
    [{ severity: 'CRITICAL' }],
    [{ accounts: ['111122223333'] }],
    [{ regions: ['eu-west-2', 'eu-west'] }],
    [{ sources: ['securityhub-asff'] }],
    [{ types: ['CryptoCurrency:', 'backdoor:', 'EC2'] }],
    [{ kinds: ['bucket'] }],
    [{ accounts: [] }],
  ])('%j does not hold: the default channel, without a reason', (when) => {
    expect(routed([route(when)])).toEqual({ channel: 'C0SECURITY', mention: true, because: [] });
  });

  it('an account that the configuration does not name goes by its id', () => {
    const { because } = routed([route({ accounts: ['123456789012'] })], { accounts: {} });
    expect(because).toEqual(['Route payments: account 123456789012.']);
  });
});

describe('several conditions', () => {
  const both = { accounts: ['123456789012'], severity: 'HIGH' } as const;

  it('must all hold', () => {
    expect(routed([route(both)]).because).toEqual([
      'Route payments: at least HIGH, account prod-payments.',
    ]);
    expect(routed([route({ ...both, severity: 'CRITICAL' })]).channel).toBe('C0SECURITY');
    expect(routed([route({ ...both, accounts: ['111122223333'] })]).channel).toBe('C0SECURITY');
  });

  it('go by the severity that is shown, not by the finding’s own', () => {
    const routes = [route({ severity: 'CRITICAL' })];
    expect(routeOf(c2, 'CRITICAL', { ...settings, routes }).channel).toBe('C0PAYMENTS');
  });
});

describe('several routes', () => {
  const europe = route({ regions: ['eu-west-1'] }, { id: 'europe', channel: 'C0EUROPE' });
  const prod = route({ accounts: ['123456789012'] });
  const asia = route({ regions: ['ap-east-1'] }, { id: 'asia', channel: 'C0ASIA' });

  it.each([
    ['the first of two that match', [europe, prod], 'europe', 'C0EUROPE'],
    ['the other one in the other order', [prod, europe], 'payments', 'C0PAYMENTS'],
    ['one after others that do not match', [asia, prod], 'payments', 'C0PAYMENTS'],
    ['none that matches', [asia], undefined, 'C0SECURITY'],
    ['none at all', [], undefined, 'C0SECURITY'],
  ])('%s', (_name, routes, id, channel) => {
    const found = routed(routes);
    expect(found.route).toBe(id);
    expect(found.channel).toBe(channel);
  });

  it('never route anything when the setting is absent', () => {
    expect(routeOf(c2, 'HIGH', settings)).toEqual({
      channel: 'C0SECURITY',
      mention: true,
      because: [],
    });
  });
});

describe('who is called', () => {
  const everything = { severity: 'INFORMATIONAL' } as const;

  it('the people of the route, groups first', () => {
    const mention = { users: ['U0LEE'], groups: ['S0SECRESP'] };
    expect(routed([route(everything, { mention })])).toMatchObject({
      mention: true,
      onCall: ['S0SECRESP', 'U0LEE'],
    });
  });

  it('nobody where the route names nobody', () => {
    expect(routed([route(everything, { mention: {} })])).toMatchObject({
      mention: false,
      onCall: [],
    });
  });

  it.each<[string, Partial<Finding>]>([
    ['a sample', { sample: true }],
    ['what is archived', { archived: true }],
  ])('nobody for %s', (_name, change) => {
    const routes = [route(everything)];
    const found = routeOf({ ...c2, ...change }, 'HIGH', { ...settings, routes });
    expect(found).toMatchObject({ channel: 'C0PAYMENTS', mention: false });
  });
});

describe('quiet hours', () => {
  const night = Date.parse('2026-11-24T23:00:00Z');
  const noon = Date.parse('2026-11-24T12:00:00Z');
  const quiet = {
    ...settings,
    severity: { mention: 'LOW' },
    quietHours: { timeZone: 'UTC', from: '20:00', to: '08:00', weekends: true },
  } as const satisfies RouteSettings;
  const sentence = 'Nobody is mentioned in quiet hours, below HIGH.';

  it.each<[Severity, boolean]>(
    severities.map((severity) => [severity, ['HIGH', 'CRITICAL'].includes(severity)]),
  )('at night %s calls somebody: %s', (severity, mention) => {
    const found = routeOf(c2, severity, { ...quiet, now: night });
    const silenced = !mention && severity !== 'INFORMATIONAL';
    expect(found).toMatchObject({ mention, because: silenced ? [sentence] : [] });
  });

  it.each<[string, Partial<RouteSettings>]>([
    ['by day', { now: noon }],
    ['when the time is not known', {}],
    ['without quiet hours', { now: night, quietHours: undefined }],
  ])('somebody is called for MEDIUM %s', (_name, change) => {
    expect(routeOf(c2, 'MEDIUM', { ...quiet, ...change })).toMatchObject({
      mention: true,
      because: [],
    });
  });

  it('are no reason for silence that has another one', () => {
    const found = routeOf({ ...c2, sample: true }, 'MEDIUM', { ...quiet, now: night });
    expect(found).toMatchObject({ mention: false, because: [] });
  });

  it('hold for routes too, which keep their channel', () => {
    const routes = [route({ accounts: ['123456789012'] }, { mention: { users: ['U0LEE'] } })];
    expect(routeOf(c2, 'MEDIUM', { ...quiet, routes, now: night })).toEqual({
      route: 'payments',
      channel: 'C0PAYMENTS',
      mention: false,
      onCall: ['U0LEE'],
      because: ['Route payments: account prod-payments.', sentence],
    });
  });
});

describe('the decision', () => {
  const all = {
    ...settings,
    rules: defaultRules,
    severity: { card: 'LOW', mention: 'LOW' },
    routes: [route({ accounts: ['123456789012'] }, { mention: { groups: ['S0PAY'] } })],
    quietHours: { timeZone: 'UTC', from: '20:00', to: '08:00', weekends: true },
  } as const;

  it('has the route, its people and its reason after the rule’s', () => {
    expect(decide(c2, all)).toMatchObject({
      rule: 'control-server',
      route: 'payments',
      channel: 'C0PAYMENTS',
      mention: true,
      onCall: ['S0PAY'],
      because:
        'It contacts addresses or names that only malware uses. Route payments: account prod-payments.',
    });
  });

  it('is quiet at night when it is told the time', () => {
    const medium = { ...c2, severity: 'MEDIUM' } as const;
    expect(decide(medium, all, Date.parse('2026-11-24T23:00:00Z'))).toMatchObject({
      channel: 'C0PAYMENTS',
      mention: false,
      because: expect.stringMatching(/prod-payments\. Nobody is mentioned in quiet hours/),
    });
    expect(decide(medium, all)).toMatchObject({ mention: true });
  });

  it('without routes has neither route nor people', () => {
    const decision = decide(c2, { ...all, routes: [] });
    expect(Object.keys(decision)).not.toEqual(expect.arrayContaining(['route']));
    expect(Object.keys(decision)).not.toEqual(expect.arrayContaining(['onCall']));
  });
});
