/** Reads and checks the settings of drills. */

import { twistKinds } from '../drills/drill.ts';
import { scenarioIds } from '../drills/scenario-ids.ts';
import { accountId } from './aws-ids.ts';
import type { CordonConfig, People } from './config.ts';
import type { ConfigProblem } from './config-error.ts';
import { defaults } from './defaults.ts';
import { type DrillSettings, type GameDay, weekdays } from './drill-settings.ts';
import { idPattern } from './own-ids.ts';
import { group, listOf, oneOf, optional, type Read, shape, text, whole } from './read.ts';
import { time, timeZone } from './read-routes.ts';
import { mayKnow } from './responds.ts';
import { channelId, people } from './slack-ids.ts';

const gameDay: Read<GameDay> = shape<GameDay>({
  id: text(idPattern, 'Use small letters, digits and hyphens.'),
  weekday: oneOf(weekdays),
  at: time,
  timeZone,
  scenarios: listOf(oneOf(scenarioIds)),
  people: optional<People | undefined>(people, undefined),
});

const minutes = whole(1, 24 * 60);

export const drills: Read<DrillSettings> = group<DrillSettings>({
  channel: optional<string | undefined>(channelId, undefined),
  account: optional<string | undefined>(accountId, undefined),
  minutes: optional(minutes, defaults['drills.minutes'].value),
  decideMinutes: optional(minutes, defaults['drills.decideMinutes'].value),
  approveMinutes: optional(minutes, defaults['drills.approveMinutes'].value),
  twists: optional(listOf(oneOf(twistKinds)), twistKinds),
  schedule: optional(listOf(gameDay), []),
});

/** What only shows when settings are seen together. */
export const drillProblems = ({
  drills: { account, schedule },
  ...known
}: Pick<CordonConfig, 'accounts' | 'deployment' | 'drills'>): readonly ConfigProblem[] => [
  ...(account !== undefined && !mayKnow(known, account)
    ? [
        {
          path: 'drills.account',
          problem: 'is not among accounts',
          remedy: 'Add it there, or name one that is.',
        },
      ]
    : []),
  ...schedule.flatMap(({ scenarios: named }, n) =>
    named.length > 0
      ? []
      : [
          {
            path: `drills.schedule[${n}].scenarios`,
            problem: 'is empty',
            remedy: 'Name at least one scenario; `/cordon drill` lists them.',
          },
        ],
  ),
];
