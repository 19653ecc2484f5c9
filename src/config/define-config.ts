/** Reads and checks `cordon.config.ts`: everything at once, each problem with what to do about it. */
import type { EvidenceSettings, IsolationSettings } from '../actions/instance-choices.ts';
import type { RoleNames } from '../actions/role-names.ts';
import { severities, sources } from '../findings/finding.ts';
import { defaultRules } from '../rules/index.ts';
import { accounts, unitProblems, units } from './account-settings.ts';
import { accountId, region } from './aws-ids.ts';
import type {
  CordonConfig,
  CordonConfigInput,
  DigestSettings,
  GatherSettings,
  Identity,
  SignInSettings,
} from './config.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { defaults, reminderMinutes, watchMinutes } from './defaults.ts';
import { deploymentSettings } from './deployment-settings.ts';
import { network } from './network-settings.ts';
import { actionTodo, idPattern } from './own-ids.ts';
import {
  dictionaryOf,
  flag,
  group,
  listOf,
  oneOf,
  optional,
  type Read,
  shape,
  text,
  whole,
} from './read.ts';
import { automation, automationProblems } from './read-automation.ts';
import { drillProblems, drills } from './read-drills.ts';
import { escalation, escalationProblems, onCall } from './read-escalation.ts';
import { roleProblems, scopedRoles, tierRules } from './read-roles.ts';
import { quietHours, routeProblems, routes, time, timeZone } from './read-routes.ts';
import { rule } from './read-rule.ts';
import { channelId, enterpriseId, people, teamId, userId } from './slack-ids.ts';

/** A pattern of nothing but `*` would be everybody. */
const principal = text(
  /^(?=[^*]*[^*])[\w+=,.@:/*-]{2,512}$/,
  'Use an IAM user name, a role session name or an ARN, with * for any text.',
);

/** Also the AWS source identity: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const identity: Read<Identity> = shape({
  id: text(
    /^[\w+=,.@-]{2,64}$/,
    'Use 2 to 64 letters, digits or any of _+=,.@- (a corporate user name or mail address).',
  ),
  slack: listOf(userId),
  aws: optional<readonly string[] | undefined>(listOf(principal), undefined),
  signIn: optional<readonly string[] | undefined>(
    listOf(text(/^\S{1,255}$/, 'Use a subject (sub) of the issuer or an e-mail address.')),
    undefined,
  ),
});

/** https://openid.net/specs/openid-connect-core-1_0.html#IssuerIdentifier; http only for the local world. */
const signIn: Read<SignInSettings> = shape({
  issuer: text(
    /^(https:\/\/[^\s?#]+|http:\/\/localhost(:\d+)?(\/[^\s?#]*)?)$/,
    'Use the https address of the issuer, as it spells itself.',
  ),
  clientId: text(/^\S{1,255}$/, 'Use the id that the issuer gave Cordon as a public client.'),
});

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const tagKey = text(
  /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu,
  'Use the key of an AWS tag: up to 128 letters, digits, spaces or any of _.:/=+-@.',
);

const severity = oneOf(severities);
const minutes = whole(1, 24 * 60);
const days = whole(1, 365);

const nobody = { users: [], groups: [] };

const config: Read<CordonConfig> = shape({
  workspace: teamId,
  enterprise: optional<CordonConfig['enterprise']>(enterpriseId, undefined),
  channel: channelId,
  wideChannels: optional(listOf(channelId), []),
  responders: people,
  approvers: people,
  scopedRoles,
  viewers: optional(people, nobody),
  admins: optional(people, nobody),
  onCall,
  escalation,
  identities: optional(listOf(identity), []),
  accounts,
  units,
  securityAccount: accountId,
  homeRegion: region,
  sources: optional(listOf(oneOf(sources)), sources),
  severity: group({
    mention: optional(severity, defaults['severity.mention'].value),
    card: optional(severity, defaults['severity.card'].value),
    digest: optional(severity, defaults['severity.digest'].value),
  }),
  tierRules,
  tiers: optional(dictionaryOf(idPattern, actionTodo, oneOf([1, 2, 3])), {}),
  routes,
  quietHours,
  rules: optional(listOf(rule), defaultRules),
  approval: group({
    tier2Minutes: optional(minutes, defaults['approval.tier2Minutes'].value),
    tier3Minutes: optional(minutes, defaults['approval.tier3Minutes'].value),
    quickUndoMinutes: optional(whole(0, 24 * 60), defaults['approval.quickUndoMinutes'].value),
    newPasskeyHours: optional(whole(0, 24 * 30), defaults['approval.newPasskeyHours'].value),
    reminderMinutes: optional(listOf(minutes), reminderMinutes),
    pageMinutes: optional<readonly number[] | undefined>(listOf(whole(0, 24 * 60)), undefined),
    breakGlass: optional(flag, defaults['approval.breakGlass'].value),
  }),
  stepUp: group<CordonConfig['stepUp']>({
    oidc: optional<SignInSettings | undefined>(signIn, undefined),
  }),
  resolve: group({ writeBack: optional(flag, defaults['resolve.writeBack'].value) }),
  containment: group({ watchMinutes: optional(listOf(minutes), watchMinutes) }),
  suppression: group({
    defaultDays: optional(days, defaults['suppression.defaultDays'].value),
    maximumDays: optional(days, defaults['suppression.maximumDays'].value),
    maximumDaysCritical: optional(days, defaults['suppression.maximumDaysCritical'].value),
  }),
  automation,
  deployment: deploymentSettings,
  digest: group<DigestSettings>({
    at: optional(time, defaults['digest.at'].value),
    timeZone: optional(timeZone, defaults['digest.timeZone'].value),
    containMinutes: optional(whole(1, 7 * 24 * 60), defaults['digest.containMinutes'].value),
    resolveHours: optional(whole(1, 90 * 24), defaults['digest.resolveHours'].value),
    channel: optional<string | undefined>(channelId, undefined),
  }),
  review: group({ from: optional(severity, defaults['review.from'].value) }),
  drills,
  actOnSamples: optional(flag, defaults.actOnSamples.value),
  /** No wildcards: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  breakGlassRoles: optional(
    listOf(
      text(
        /^[\w+=,.@-][\w+=,.@/-]{0,127}$/,
        'Use the name of an IAM role, with its path but no ARN.',
      ),
    ),
    [],
  ),
  roleNames: group<RoleNames>({
    path: optional(
      text(
        /^\/([\w+=,.@-]{1,30}\/){0,2}$/,
        'Use / or a path of one or two words that begins and ends with a slash: /security/.',
      ),
      defaults['roleNames.path'].value,
    ),
    /** A name has at most 64 characters, and `execution-machine` or a Region follow. */
    prefix: optional(
      text(
        /^[A-Za-z0-9][A-Za-z0-9_-]{1,31}$/,
        'Use 2 to 32 letters, digits, hyphens or underscores: acme-cordon-.',
      ),
      defaults['roleNames.prefix'].value,
    ),
  }),
  evidence: group<EvidenceSettings & GatherSettings>({
    from: optional(oneOf([...severities, 'off']), defaults['evidence.from'].value),
    casesPerHour: optional(whole(1, 1000), defaults['evidence.casesPerHour'].value),
    network,
    commands: optional(
      listOf(
        text(/^[ -~]{1,200}$/, 'Use one command of a shell, of at most 200 ASCII characters.'),
      ),
      [],
    ),
  }),
  ownerTag: optional(tagKey, defaults.ownerTag.value),
  isolation: group<IsolationSettings>({
    disassociateAddress: optional(flag, defaults['isolation.disassociateAddress'].value),
    transitionGroup: optional(flag, defaults['isolation.transitionGroup'].value),
  }),
  exemptTag: optional(tagKey, defaults.exemptTag.value),
});

interface Entry {
  readonly path: string;
  readonly id: string;
}

const repeats = (entries: readonly Entry[], remedy: string): readonly ConfigProblem[] =>
  entries.flatMap((entry) => {
    const first = entries.find(({ id }) => id === entry.id);
    if (first === undefined || first === entry || entry.id === '') return [];
    return [{ path: entry.path, problem: `repeats ${first.path}`, remedy }];
  });

/** What only shows when settings are seen together. (An empty text was already reported.) */
const contradictions = (found: CordonConfig): readonly ConfigProblem[] => {
  const { accounts, identities, rules, securityAccount, suppression } = found;
  const problems: ConfigProblem[] = [];
  if (securityAccount !== '' && !Object.hasOwn(accounts, securityAccount)) {
    const remedy = 'Add it there, with a name.';
    problems.push({ path: 'securityAccount', problem: 'is not among accounts', remedy });
  }
  if (suppression.defaultDays > suppression.maximumDays) {
    problems.push({
      path: 'suppression.defaultDays',
      problem: `is ${suppression.defaultDays}, more than maximumDays (${suppression.maximumDays})`,
      remedy: 'Lower defaultDays or raise maximumDays.',
    });
  }
  const names = identities.map(({ id }, n) => ({ path: `identities[${n}].id`, id }));
  const slackAccounts = identities.flatMap(({ slack }, n) =>
    slack.map((id, m) => ({ path: `identities[${n}].slack[${m}]`, id })),
  );
  const routeIds = found.routes.map(({ id }, n) => ({ path: `routes[${n}].id`, id }));
  const ruleIds = rules.map(({ id }, n) => ({ path: `rules[${n}].id`, id }));
  return [
    ...problems,
    ...unitProblems(found),
    ...repeats(names, 'Put all Slack accounts of a person into one identity.'),
    ...repeats(slackAccounts, 'A Slack account is one person: list it once.'),
    ...routeProblems(found),
    ...escalationProblems(found),
    ...roleProblems(found),
    ...automationProblems(found),
    ...drillProblems(found),
    ...repeats(
      found.drills.schedule.map(({ id }, n) => ({ path: `drills.schedule[${n}].id`, id })),
      'Give each an id of its own: a drill of one time is started once.',
    ),
    ...repeats(
      found.automation.rules.map(({ id }, n) => ({ path: `automation.rules[${n}].id`, id })),
      'Give each an id of its own: it is recorded as who asked.',
    ),
    ...repeats(
      found.scopedRoles.map(({ id }, n) => ({ path: `scopedRoles[${n}].id`, id })),
      'Give each an id of its own: it is recorded as the reason of a decision.',
    ),
    ...repeats(
      routeIds,
      'Give each route an id of its own: it is shown as the reason for a channel.',
    ),
    ...repeats(ruleIds, 'Give each rule an id of its own: it is shown as the reason for a card.'),
  ];
};

/**
 * Checks a configuration of unknown origin and fills in the defaults (docs/defaults.md).
 * Throws `ConfigError` with every problem. A checked configuration passes unchanged.
 */
export const readConfig = (input: unknown): CordonConfig => {
  const problems: ConfigProblem[] = [];
  const found = config(input, '', problems);
  // What could not be read has a stand-in, which may contradict the rest: that is not told twice.
  const reported = problems.map(({ path }) => path);
  const isReported = (path: string): boolean =>
    reported.some((one) => one === path || one.startsWith(`${path}.`));
  problems.push(...contradictions(found).filter(({ path }) => !isReported(path)));
  if (problems.length > 0) throw new ConfigError(problems);
  return found;
};

/** Makes the configuration: `export const config = defineConfig({ … })` in `cordon.config.ts`. */
export const defineConfig = (input: CordonConfigInput): CordonConfig => readConfig(input);
