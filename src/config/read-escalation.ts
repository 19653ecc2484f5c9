/** Reads and checks who is on call, and what happens when nobody acknowledges. */
import type { EscalationPolicy, EscalationStep } from '../rules/escalation.ts';
import type { OnCall, Rotation } from '../rules/on-call.ts';
import type { CordonConfig } from './config.ts';
import type { ConfigProblem } from './config-error.ts';
import { defaults } from './defaults.ts';
import { checked, flag, group, listOf, optional, type Read, shape, whole } from './read.ts';
import { time, timeZone } from './read-routes.ts';
import { channelId, groupId, people, userId } from './slack-ids.ts';

const isDate = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`));

const rotation: Read<Rotation> = shape({
  timeZone,
  from: checked(isDate, 'Use a date such as 2026-01-05.', '1970-01-01'),
  at: optional(time, '09:00'),
  days: optional(whole(1, 60), 7),
  users: listOf(userId),
});

const nobody: OnCall = { users: [], groups: [] };

/** Nobody when left out. */
export const onCall: Read<OnCall> = optional<OnCall>(
  shape<OnCall>({
    users: optional(listOf(userId), []),
    groups: optional(listOf(groupId), []),
    rotation: optional<Rotation | undefined>(rotation, undefined),
  }),
  nobody,
);

const mention: Read<EscalationStep['mention']> = (value, path, problems) =>
  value === undefined || value === 'on-call' ? value : people(value, path, problems);

const step: Read<EscalationStep> = shape<EscalationStep>({
  afterMinutes: whole(0, 24 * 60),
  mention,
  channel: optional<string | undefined>(channelId, undefined),
  page: optional<boolean | undefined>(flag, undefined),
});

const usual: readonly EscalationStep[] = [
  { afterMinutes: 0, mention: 'on-call' },
  { afterMinutes: 15, page: true },
];

export const escalation: Read<EscalationPolicy> = group<EscalationPolicy>({
  criticalMinutes: optional(whole(1, 24 * 60), defaults['escalation.criticalMinutes'].value),
  highMinutes: optional(whole(1, 24 * 60), defaults['escalation.highMinutes'].value),
  steps: optional(listOf(step), usual),
});

/** What only shows when settings are seen together. */
export const escalationProblems = ({
  escalation: { steps },
  onCall: called,
}: Pick<CordonConfig, 'escalation' | 'onCall'>): readonly ConfigProblem[] => [
  ...steps.flatMap((one, n) => [
    ...(one.mention || one.channel || one.page
      ? []
      : [
          {
            path: `escalation.steps[${n}]`,
            problem: 'does nothing',
            remedy: 'Give it mention, channel or page.',
          },
        ]),
    ...(one.afterMinutes < (steps[n - 1]?.afterMinutes ?? 0)
      ? [
          {
            path: `escalation.steps[${n}].afterMinutes`,
            problem: `is less than that of the step before (${steps[n - 1]?.afterMinutes})`,
            remedy: 'Put the steps in the order of their times.',
          },
        ]
      : []),
  ]),
  ...(called.rotation && called.rotation.users.length === 0
    ? [
        {
          path: 'onCall.rotation.users',
          problem: 'is empty',
          remedy: 'Name at least one person, or leave rotation out.',
        },
      ]
    : []),
];
