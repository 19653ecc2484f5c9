/** Broken rules of Config as it sends them to EventBridge. */
import { account, eventFrom, region } from './example-event.ts';

/** A resource that no longer complies with the rule of that name. */
export const configEvent = (
  configRuleName: string,
  resourceType: `AWS::${string}`,
  resourceId: string,
): unknown =>
  eventFrom('aws.config', 'Config Rules Compliance Change', {
    recordVersion: '1.0',
    messageType: 'ComplianceChangeNotification',
    configRuleName,
    configRuleARN: `arn:aws:config:${region}:${account}:config-rule/config-rule-ab12cd`,
    awsAccountId: account,
    awsRegion: region,
    resourceType,
    resourceId,
    newEvaluationResult: {
      evaluationResultIdentifier: {
        evaluationResultQualifier: { configRuleName, resourceType, resourceId },
      },
      complianceType: 'NON_COMPLIANT',
      resultRecordedTime: '2026-11-22T08:55:49.210Z',
    },
    oldEvaluationResult: { complianceType: 'COMPLIANT' },
    notificationCreationTime: '2026-11-22T08:55:50.188Z',
  });
