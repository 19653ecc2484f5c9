import { describe, expect, test } from 'vitest';
import { cheats, findPart, mainSteps } from '../../../src/local/page/panels/guide-steps.ts';
import type { AuditRow, AwsState, Person, World } from '../../../src/local/page/wire.ts';

const person = (id: string, title: string, other: Partial<Person> = {}): Person => ({
  id,
  name: id.toLowerCase(),
  real_name: id,
  title,
  team_id: 'T1',
  guest: false,
  groups: [],
  ...other,
});

const aws = (groups: readonly string[]): AwsState => ({
  accounts: [
    {
      id: '123456789012',
      name: 'prod',
      region: 'eu-west-1',
      instances: [
        {
          id: 'i-1',
          name: 'api',
          state: 'running',
          vpc: 'vpc-1',
          interfaces: [
            { id: 'eni-1', groups, quarantined: groups.includes('sg-q'), ip: '10.0.0.5', ipv6: [] },
          ],
        },
      ],
      securityGroups: [],
      buckets: [],
      users: [],
      roles: [],
      findings: [],
    },
  ],
});

const world = (
  rows: readonly (readonly [kind: string, actor: string])[],
  groups: readonly string[] = ['sg-1'],
): World => ({
  slack: {
    now: '2026-11-22T09:00:00.000Z',
    team: { id: 'T1', name: 'Example Corp' },
    users: [
      person('U1', 'Responder, on call'),
      person('U2', 'Approver'),
      person('U3', 'Contractor', { guest: true }),
      person('U4', 'Approver elsewhere', { team_id: 'T2' }),
    ],
    groups: [],
    channels: [],
    modals: [],
    homes: [],
    canvases: [],
    shortcuts: [],
    ephemerals: [],
  },
  aws: aws(groups),
  calls: [],
  audit: rows.map(
    ([kind, actor], at): AuditRow => ({
      seq: at + 1,
      at: '2026-11-22T09:00:00.000Z',
      kind,
      actor: `slack:T1/${actor}`,
      because: 'test',
    }),
  ),
  faults: [],
  balance: {
    balance: {
      received: 0,
      shown: 0,
      grouped: 0,
      suppressed: 0,
      digest: 0,
      ignored: 0,
      waiting: 0,
      undecided: 0,
    },
    queue: { waiting: 0, dead: 0 },
    verdict: { kind: 'balanced' },
  },
  scenarios: [],
});

const ticked = (state: World): readonly string[] =>
  [...mainSteps, ...cheats].filter((step) => step.done?.(state)).map(({ id }) => id);

describe('the guide ticks what the state proves', () => {
  test.each<[string, World, readonly string[]]>([
    ['nothing at the start', world([]), []],
    ['reading and asking, by the request', world([['request.created', 'U1']]), ['read', 'contain']],
    ['verification, by a quarantined interface', world([], ['sg-q']), ['verify']],
    [
      'the whole way',
      world([
        ['request.created', 'U1'],
        ['request.approved', 'U2'],
        ['request.contained', 'U2'],
        ['request.undone', 'U1'],
      ]),
      ['read', 'contain', 'approve', 'verify', 'undo'],
    ],
    [
      'self-approval only when the requester was refused',
      world([
        ['request.created', 'U1'],
        ['click.refused', 'U1'],
      ]),
      ['read', 'contain', 'cheat-alone'],
    ],
    ['a refused guest', world([['click.refused', 'U3']]), ['cheat-guest']],
    ['a refused stranger', world([['click.refused', 'U4']]), ['cheat-stranger']],
    [
      'drift and stop',
      world([
        ['request.drifted', 'U1'],
        ['request.stopping', 'U1'],
      ]),
      ['cheat-drift', 'cheat-stop'],
    ],
  ])('%s', (_, state, ids) => {
    expect(ticked(state)).toEqual(ids);
  });

  test('the parts are found by what people are, and strangers never approve', () => {
    const state = world([]);
    const found = (['responder', 'approver', 'guest', 'stranger'] as const).map(
      (part) => findPart(state, part)?.id,
    );
    expect(found).toEqual(['U1', 'U2', 'U3', 'U4']);
  });
});
