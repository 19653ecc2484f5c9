/** What a source sees of the simulated organisation. */
import { sources } from '../../src/evidence/index.ts';
import type { Looking, Source } from '../../src/evidence/source.ts';
import { subjectsOf } from '../../src/evidence/subjects.ts';
import { guardDutyEvent, type Story } from '../../src/local/scenarios/guardduty-event.ts';
import type { World } from '../../src/local/world/world.ts';
import { CallFailed } from '../../src/posture/call-failed.ts';
import { findingOf } from '../findings/finding-of.ts';
import { askingOf, one, payments, region, securityAccount } from '../posture/organisation.ts';

export const now = Date.parse('2026-11-22T09:00:00Z');
export const about = (story: Story) => subjectsOf(findingOf(guardDutyEvent(story, now)), []);

export const source = (id: string): Source => {
  const found = sources.find((each) => each.id === id);
  if (!found) throw new Error(`no source ${id}`);
  return found;
};

/** `used` learns every call. Without the pace: the look-ups of one second would be throttled. */
export const lookingAt = (world: World, story: Story, used = new Set<string>()): Looking => {
  const places = new Map(
    [region, 'us-east-1'].map((place) => [
      place,
      askingOf(world, one(payments), { region: place }),
    ]),
  );
  let time = now;
  return {
    subjects: about(story),
    number: 1,
    caseId: 'C000000001',
    isFirstTry: true,
    isLastTry: false,
    from: new Date(now - 3_600_000).toISOString(),
    to: new Date(now).toISOString(),
    administrator: securityAccount,
    at: (account, place) => ({
      account,
      region: place,
      now: () => now,
      async call(operation, input) {
        used.add(operation);
        time += 1000;
        Reflect.set(world, 'now', () => (operation === 'cloudtrail:LookupEvents' ? time : now));
        const aws = await places.get(place)?.as(account, place);
        if (!aws) throw new Error(`nothing is known of ${place}`);
        return aws.call(operation, input).catch((error: unknown) => {
          throw new CallFailed(operation, error);
        });
      },
    }),
    logs: () => ({}),
    note: async (_, text) => text,
    noted: async () => undefined,
    casesAbout: async (word) =>
      word === 'ci-deploy'
        ? [
            {
              id: 'C000000001',
              openedAt: '2026-11-22T09:00:00.000Z',
              title: 'this',
              outcome: 'open',
            },
            {
              id: 'C000000002',
              openedAt: '2026-10-01T09:00:00.000Z',
              title: 'Console password set',
              outcome: 'benign',
            },
          ]
        : [],
  };
};
