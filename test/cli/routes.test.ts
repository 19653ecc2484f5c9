import { describe, expect, it } from 'vitest';
import { explain } from '../../src/cli/explain.ts';
import {
  defaultReplayConfig,
  type ReplayConfig,
  replay,
  replayLine,
} from '../../src/cli/replay.ts';
import { readEvent } from '../fixtures/events/read-event.ts';

const server = readEvent('guardduty-ec2-c2');
const key = readEvent('guardduty-iam-access-key');
const config: ReplayConfig = {
  ...defaultReplayConfig,
  severity: { card: 'LOW', mention: 'MEDIUM' },
  accounts: { '123456789012': { name: 'prod-payments', response: true } },
  routes: [
    {
      id: 'servers',
      when: { kinds: ['instance'], accounts: ['123456789012'] },
      channel: 'C0SERVERS',
      mention: { groups: ['S0SERVERS'] },
    },
  ],
};

describe('cordon explain', () => {
  it('tells the route, its people and why', () => {
    const told = explain(server, config);
    for (const line of [
      'Decision     card in C0SERVERS, by control-server',
      'Route servers: account prod-payments, about a resource of kind instance.',
      '\nRoute        servers\n',
      '\nMentions     S0SERVERS\n',
    ])
      expect(told).toContain(line);
  });

  it('tells that no route matches', () => {
    const told = explain(key, config);
    expect(told).toContain('\nRoute        none matches: the default channel\n');
    expect(told).toContain('\nMentions     the people on call\n');
  });

  it('says nothing about routes where there are none', () => {
    expect(explain(server, defaultReplayConfig)).not.toMatch(/route/i);
  });

  it('says that quiet hours are left out of account, where they matter', () => {
    const quietHours = { timeZone: 'UTC', from: '20:00', to: '08:00', weekends: true };
    const told = (event: unknown) => explain(event, { ...config, quietHours });
    expect(told(key)).toContain('\nMentions     the people on call, outside quiet hours\n');
    expect(told(server)).toContain('\nMentions     S0SERVERS\n');
  });
});

describe('cordon replay', () => {
  it('has the route in its line, only where one was taken', () => {
    expect(replayLine('x', server, config)).toMatchObject({
      channel: 'C0SERVERS',
      route: 'servers',
    });
    expect(Object.keys(replayLine('x', key, config))).not.toContain('route');
  });

  it('counts cards by route', () => {
    const printed: string[] = [];
    const events = new URL('../fixtures/events/guardduty-ec2-c2.json', import.meta.url).pathname;
    replay([events], { config, json: false, print: (line) => printed.push(line) });
    expect(printed.slice(printed.indexOf('Cards by route')).slice(0, 2)).toEqual([
      'Cards by route',
      '      1  servers',
    ]);
  });
});
