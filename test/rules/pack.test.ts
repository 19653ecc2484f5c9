import { describe, expect, it } from 'vitest';
import { config } from '../../cordon.config.ts';
import { actions } from '../../src/actions/index.ts';
import { watched } from '../../src/findings/cloudtrail-watch.ts';
import { type Finding, untrusted } from '../../src/findings/finding.ts';
import { parse } from '../../src/findings/parse.ts';
import { firstMatch } from '../../src/rules/decide.ts';
import { defaultRules } from '../../src/rules/index.ts';
import { eventNames, readEvent } from '../fixtures/events/read-event.ts';

const knownActions = actions.map(({ id }) => id);

const findingOf = (event: unknown): Finding => {
  const found = parse(event);
  if (found.kind === 'ignored') throw new Error(`The example is ignored: ${found.because}`);
  return found;
};

/** The pack in its own order, and what cordon.config.ts adds to it in that of the file. */
const own = config.rules.filter((rule) => !defaultRules.includes(rule));
const everyRule = [
  ...defaultRules.map((rule) => ({ rule, list: defaultRules })),
  ...own.map((rule) => ({ rule, list: config.rules })),
].map((entry) => [entry.rule.id, entry] as const);

describe.each(everyRule)('rule %s', (_, { rule, list }) => {
  it('has an example that matches and one that does not', () => {
    expect(new Set(rule.examples.map(({ matches }) => matches))).toEqual(new Set([true, false]));
  });

  it.each(rule.examples.map((example) => [example.name, example] as const))('%s', (__, example) => {
    expect(rule.when(findingOf(example.event))).toBe(example.matches);
  });

  it('is the first of the list that matches its own examples', () => {
    for (const { name, event } of rule.examples.filter(({ matches }) => matches))
      expect(firstMatch(findingOf(event), list).rule?.id, name).toBe(rule.id);
  });

  it('has words that fit a card and actions that exist, suppression last', () => {
    expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(rule.title.length).toBeLessThanOrEqual(60);
    expect(rule.atRisk).toMatch(/^[A-Z][^.]*\.$/);
    expect(rule.because).toMatch(/^[A-Z][^.]*\.$/);
    expect(rule.attack.filter((id) => !/^T\d{4}(\.\d{3})?$/.test(id))).toEqual([]);
    expect(rule.actions.filter((id) => !knownActions.includes(id))).toEqual([]);
    expect(rule.actions.at(-1)).toBe('suppress-finding');
  });
});

describe('the pack', () => {
  it('has each rule once', () => {
    expect(new Set(defaultRules.map(({ id }) => id)).size).toBe(defaultRules.length);
    expect(new Set(defaultRules.map(({ title }) => title)).size).toBe(defaultRules.length);
  });

  it('names a technique of ATT&CK wherever the deed is known', () => {
    expect(defaultRules.filter(({ attack }) => attack.length === 0).map(({ id }) => id)).toEqual([
      'aws-notice',
      'access-not-analysed',
      'control-failed',
      'config-rule-broken',
    ]);
  });

  it.each(eventNames)(
    'decides about %s, unless it is no finding or of a foreign product',
    (name) => {
      const found = parse(readEvent(name));
      if (found.kind === 'ignored' || found.type.startsWith('Default:')) return;
      expect(firstMatch(found, defaultRules).rule?.id).toBeDefined();
    },
  );
});

/** Of each purpose and resource some: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html */
const guardDutyTypes = [
  'AttackSequence:EKS/CompromisedCluster',
  'AttackSequence:S3/CompromisedData',
  'Backdoor:EC2/Spambot',
  'Backdoor:Lambda/C&CActivity.B',
  'Backdoor:Runtime/C&CActivity.B!DNS',
  'Behavior:EC2/TrafficVolumeUnusual',
  'CredentialAccess:IAMUser/AnomalousBehavior',
  'CredentialAccess:Kubernetes/SuccessfulAnonymousAccess',
  'CredentialAccess:RDS/MaliciousIPCaller.SuccessfulLogin',
  'CryptoCurrency:Lambda/BitcoinTool.B',
  'CryptoCurrency:Runtime/BitcoinTool.B',
  'DefenseEvasion:EC2/UnusualDNSResolver',
  'DefenseEvasion:Runtime/ProcessInjection.Ptrace',
  'Discovery:S3/MaliciousIPCaller.Custom',
  'Execution:Container/SuspiciousFile',
  'Execution:EC2/MaliciousFile!Snapshot',
  'Execution:Kubernetes/ExecInKubeSystemPod',
  'Impact:EC2/WinRMBruteForce',
  'Impact:S3/AnomalousBehavior.Delete',
  'Object:S3/MaliciousFile',
  'PenTest:S3/KaliLinux',
  'Persistence:Kubernetes/ContainerWithSensitiveMount',
  'Policy:IAMUser/ShortTermRootCredentialUsage',
  'Policy:Kubernetes/ExposedDashboard',
  'Policy:S3/AccountBlockPublicAccessDisabled',
  'PrivilegeEscalation:Runtime/ElevationToRoot',
  'Recon:EC2/Portscan',
  'Recon:IAMUser/UserPermissions',
  'Stealth:IAMUser/PasswordPolicyChange',
  'Stealth:S3/ServerAccessLoggingDisabled',
  'Trojan:EC2/PhishingDomainRequest!DNS',
  'UnauthorizedAccess:EC2/MetadataDNSRebind',
  'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
  'UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS',
  'UnauthorizedAccess:Lambda/TorRelay',
];

const named = (change: Pick<Finding, 'source' | 'type'> & Partial<Finding>): Finding => ({
  ...findingOf(readEvent('guardduty-ec2-c2')),
  ...change,
});

const idOfFirst = (finding: Finding): string | undefined =>
  firstMatch(finding, defaultRules).rule?.id;

describe("a finding of GuardDuty's", () => {
  it.each(guardDutyTypes)('%s is known', (type) => {
    expect(idOfFirst(named({ source: 'guardduty', type }))).toBeDefined();
  });

  const examples = defaultRules.flatMap(({ id, examples: all }) =>
    all
      .filter(({ matches }) => matches)
      .map(({ event }) => findingOf(event))
      .filter(({ source, type }) => source === 'guardduty' && type.includes('/'))
      .map((finding) => [id, finding.type, finding] as const),
  );

  it.each(examples)('is decided by %s also when Security Hub relays it: %s', (id, type, direct) => {
    const asff = `GuardDuty: TTPs/Some Purpose/${type.replace('/', '-')}`;
    const ocsf = `2004 Detection Finding [GuardDuty] ['Threats', '${type}']`;
    expect(idOfFirst({ ...direct, source: 'securityhub-asff', type: asff })).toBe(id);
    expect(idOfFirst({ ...direct, source: 'securityhub-ocsf', type: ocsf })).toBe(id);
  });

  it('is not what another product of Security Hub calls the same', () => {
    const type = 'Prowler: TTPs/Command and Control/Backdoor:EC2-C&CActivity.B';
    expect(idOfFirst(named({ source: 'securityhub-asff', type }))).toBeUndefined();
  });
});

describe('a call that CloudTrail tells of', () => {
  const calls = [...watched].map(([name, { worst }]) => [name, worst] as const);
  const call = (name: string, change: Partial<Finding>): Finding =>
    named({
      source: 'cloudtrail',
      type: name.replace(':', '.amazonaws.com:'),
      title: untrusted('What was done'),
      nativeSeverity: 'call',
      ...change,
    });

  it.each(calls)('%s has a rule of its own', (name, severity) => {
    expect(['call-failed', 'root-sign-in', 'root-call', undefined]).not.toContain(
      idOfFirst(call(name, { severity })),
    );
  });

  it.each(calls)('%s is not said to be done when it failed', (name, severity) => {
    expect(idOfFirst(call(name, { severity, nativeSeverity: 'failed call' }))).toBe('call-failed');
  });

  it.each(calls)("%s is root's deed when that is the graver", (name, severity) => {
    const title = untrusted('The root user was used');
    expect(idOfFirst(call(name, { severity, title }))).toBe('root-call');
  });
});
