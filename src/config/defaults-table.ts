import { type Default, defaults } from './defaults.ts';

/** docs/defaults.md, in full. */
export const defaultsTable = (): string => {
  const rows = Object.entries<Default>(defaults).map(
    ([id, { value, because, where }]) => `| \`${id}\` | \`${value}\` | ${because} | ${where} |`,
  );
  return [
    '# Defaults',
    '',
    'What `cordon.config.ts` leaves out. Made from `src/config/defaults.ts`: edit that file, then run',
    '`npx vitest run test/config/defaults-table.test.ts --update`.',
    '',
    '| setting | default | because | where |',
    '|---|---|---|---|',
    ...rows,
    '',
    'People (`onCall`, `identities`, `viewers`, `admins`), `scopedRoles`, `tiers` and `tierRules` are empty',
    'when left out, an empty list of responders or approvers means that nobody may act, and `rules` are the built-in ones. Without `routes` every card goes',
    'to `channel`. Without `quietHours` there are none, because their time zone cannot be guessed; they matter',
    'only where `severity.mention` is below HIGH, since HIGH and CRITICAL are mentioned at any hour.',
    '`drills.twists` are all four of [drills.md](drills.md), `drills.schedule` is empty: no drill comes by itself.',
    '`automation.accounts` and `automation.rules` are empty when left out: nothing runs by itself.',
    'Without `approval.pageMinutes` approvers are paged once, at half of the time that a request has.',
    '`escalation.steps` are two: at the end of the time to acknowledge whoever is on call is called again, in',
    'a new message, and 15 minutes later people are paged past Slack.',
    '',
  ].join('\n');
};
