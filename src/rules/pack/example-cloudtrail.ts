/** Calls and sign-ins as CloudTrail sends them through EventBridge. */
import { account, eventFrom, region } from './example-event.ts';

const callers = {
  user: {
    type: 'IAMUser',
    principalId: 'AIDACKCEVSQ6C2EXAMPLE',
    arn: `arn:aws:iam::${account}:user/ci-deploy`,
    accountId: account,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    userName: 'ci-deploy',
  },
  root: {
    type: 'Root',
    principalId: account,
    arn: `arn:aws:iam::${account}:root`,
    accountId: account,
    accessKeyId: '',
  },
} as const;

interface Call {
  /** IAM user `ci-deploy` when left out. */
  readonly by?: keyof typeof callers;
  /** requestParameters. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** responseElements. */
  readonly response?: Readonly<Record<string, unknown>>;
  /** errorCode: the call failed. */
  readonly error?: string;
}

const record = (eventSource: string, eventName: string, call: Call) => ({
  eventVersion: '1.11',
  userIdentity: callers[call.by ?? 'user'],
  eventTime: '2026-11-22T08:55:00Z',
  eventSource,
  eventName,
  awsRegion: region,
  sourceIPAddress: '198.51.100.23',
  userAgent: 'aws-cli/2.27.1',
  requestParameters: call.request ?? null,
  responseElements: call.response ?? null,
  ...(call.error && { errorCode: call.error, errorMessage: 'The call was refused' }),
  eventID: '5f8e6a1c-2b3d-4c4e-9f5a-6b7c8d9e0f1a',
  readOnly: /^(Get|List|Describe)/.test(eventName),
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: account,
  eventCategory: 'Management',
});

/** `iam:CreateUser` as an event of CloudTrail. */
export const callEvent = (name: `${string}:${string}`, call: Call = {}): unknown => {
  const [service = '', eventName = ''] = name.split(':');
  const detail = record(`${service}.amazonaws.com`, eventName, call);
  return eventFrom(`aws.${service}`, 'AWS API Call via CloudTrail', detail);
};

/** A console sign-in. */
export const signInEvent = (
  by: keyof typeof callers,
  outcome: { readonly mfa: boolean; readonly failed?: boolean },
): unknown =>
  eventFrom('aws.signin', 'AWS Console Sign In via CloudTrail', {
    ...record('signin.amazonaws.com', 'ConsoleLogin', { by }),
    responseElements: { ConsoleLogin: outcome.failed ? 'Failure' : 'Success' },
    ...(outcome.failed && { errorMessage: 'Failed authentication' }),
    additionalEventData: { MFAUsed: outcome.mfa ? 'Yes' : 'No', MobileVersion: 'No' },
    eventType: 'AwsConsoleSignIn',
  });

/** An IAM or resource policy of one statement, as text in a request. */
export const policyText = (statement: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
