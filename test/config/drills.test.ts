import { expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { readConfig } from '../../src/config/define-config.ts';

const problemsOf = (drills: object): readonly string[] => {
  try {
    readConfig({
      workspace: 'T0CORDON',
      channel: 'C0SECURITY',
      responders: {},
      approvers: {},
      accounts: { '123456789012': { name: 'security', response: true } },
      securityAccount: '123456789012',
      homeRegion: 'eu-west-1',
      drills,
    });
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map(({ path, problem }) => `${path} ${problem}`);
    throw error;
  }
  return [];
};

const day = {
  id: 'weekly',
  weekday: 'Wed',
  at: '10:00',
  timeZone: 'Europe/Madrid',
  scenarios: ['stolen-key'],
};

it.each<[string, object, readonly string[]]>([
  ['nothing', {}, []],
  ['a schedule', { schedule: [day], channel: 'C0DRILLS', account: '123456789012' }, []],
  ['no twists', { twists: [] }, []],
  ['an unknown account', { account: '111122223333' }, ['drills.account is not among accounts']],
  ['an unknown twist', { twists: ['fire'] }, ['drills.twists[0] is "fire"']],
  [
    'an unknown scenario',
    { schedule: [{ ...day, scenarios: ['alien'] }] },
    ['drills.schedule[0].scenarios[0] is "alien"'],
  ],
  [
    'no scenario',
    { schedule: [{ ...day, scenarios: [] }] },
    ['drills.schedule[0].scenarios is empty'],
  ],
  [
    'two of one id',
    { schedule: [day, day] },
    ['drills.schedule[1].id repeats drills.schedule[0].id'],
  ],
  [
    'a time and a weekday that there are not',
    { schedule: [{ ...day, at: '25:00', weekday: 'Someday' }] },
    ['drills.schedule[0].weekday is "Someday"', 'drills.schedule[0].at is "25:00"'],
  ],
])('drills with %s', (_, drills, problems) => {
  expect(problemsOf(drills)).toEqual(problems);
});
