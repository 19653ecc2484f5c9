/**
 * AWS Config: a resource that no longer complies with a rule.
 * https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
 */
import { fact } from './actor.ts';
import { parseArn } from './arn.ts';
import { toFinding } from './build.ts';
import { configId } from './canonical.ts';
import { type Envelope, ignore } from './envelope.ts';
import type { Finding, Ignored } from './finding.ts';
import { accountId, at, regionCode, text } from './read.ts';
import { resourceNamed } from './resource.ts';

/**
 * NON_COMPLIANT is a finding, MEDIUM, for Config gives no severity (Security Hub rates the findings
 * of Config's rules MEDIUM too). What was NON_COMPLIANT and is no longer is the same finding,
 * archived. Everything else is ignored.
 */
export const parseConfig = (envelope: Envelope): Finding | Ignored => {
  const { detail, detailType } = envelope;
  const none = (because: string): Ignored =>
    ignore(envelope, { source: 'config', because, type: text(at(detail, 'configRuleName'), 256) });
  if (!detailType.startsWith('Config Rules Compliance'))
    return none('A Config event that is not a change of compliance');
  const now = compliance(at(detail, 'newEvaluationResult'));
  if (now === '') return none('An invocation of a Config rule, without a result');
  const broken = now === 'NON_COMPLIANT';
  if (!broken && compliance(at(detail, 'oldEvaluationResult')) !== 'NON_COMPLIANT')
    return none(`The resource is ${now}, and was not NON_COMPLIANT before`);
  return finding(envelope, now);
};

const compliance = (result: unknown): string => text(at(result, 'complianceType'), 32);

const finding = (envelope: Envelope, now: string): Finding => {
  const { detail } = envelope;
  const result = at(detail, 'newEvaluationResult');
  const qualifier = at(result, 'evaluationResultIdentifier', 'evaluationResultQualifier');
  const ruleArn = text(at(detail, 'configRuleARN') ?? at(detail, 'configRuleArn'), 512);
  const rule =
    text(at(detail, 'configRuleName'), 128) || text(at(qualifier, 'configRuleName'), 128);
  const type = text(at(detail, 'resourceType') ?? at(qualifier, 'resourceType'), 128);
  const resource = text(at(detail, 'resourceId') ?? at(qualifier, 'resourceId'), 768);
  const where = {
    account:
      accountId(at(detail, 'awsAccountId')) || parseArn(ruleArn)?.account || envelope.account,
    region: regionCode(at(detail, 'awsRegion')) || parseArn(ruleArn)?.region || envelope.region,
  };
  const annotation = text(at(result, 'annotation'), 512);
  const recorded = [at(result, 'resultRecordedTime'), at(detail, 'notificationCreationTime')];
  return toFinding(envelope, {
    source: 'config',
    type: rule,
    title: `${type} ${resource} ${now === 'NON_COMPLIANT' ? 'breaks' : 'no longer breaks'} the rule ${rule}`,
    description: annotation,
    severity: 'MEDIUM',
    nativeSeverity: now,
    ...where,
    resources: resourceNamed({ id: resource, type, where }),
    facts: [...fact('Rule', rule), ...fact('Compliance', now), ...fact('Says', annotation)],
    canonicalId: configId(ruleArn || `config:${where.region}:${where.account}:${rule}`, resource),
    firstSeen: recorded,
    lastSeen: recorded,
    updatedAt: recorded,
    archived: now !== 'NON_COMPLIANT',
    states: [now],
  });
};
