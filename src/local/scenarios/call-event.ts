/** An API call by ci-deploy, or by root, as CloudTrail sends it through EventBridge, dated now. */

const account = '123456789012';
const region = 'eu-west-1';

export interface Call {
  /** `AuthorizeSecurityGroupIngress`. */
  readonly name: string;
  /** `ec2` when absent. */
  readonly service?: string;
  readonly by?: 'root';
  readonly request: object;
  /** Tells the calls of the scenarios apart: the last digits of their event ids. */
  readonly number: number;
}

const ciDeploy = {
  type: 'IAMUser',
  principalId: 'AIDACKCEVSQ6C2EXAMPLE',
  arn: `arn:aws:iam::${account}:user/ci-deploy`,
  accountId: account,
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  userName: 'ci-deploy',
};

const root = {
  type: 'Root',
  principalId: account,
  arn: `arn:aws:iam::${account}:root`,
  accountId: account,
  accessKeyId: '',
};

/** `now` in milliseconds since 1970. */
export const callEvent = (
  { name, service = 'ec2', by, request, number }: Call,
  now: number,
): object => {
  const time = new Date(now - 60_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const eventID = `5f8e6a1c-2b3d-4c4e-9f5a-${String(now + number)
    .slice(-12)
    .padStart(12, '0')}`;
  return {
    version: '0',
    id: eventID,
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service}`,
    account,
    time,
    region,
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: by === 'root' ? root : ciDeploy,
      eventTime: time,
      eventSource: `${service}.amazonaws.com`,
      eventName: name,
      awsRegion: region,
      sourceIPAddress: '198.51.100.77',
      userAgent: 'aws-cli/2.27.1',
      requestParameters: request,
      responseElements: { _return: true },
      eventID,
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
    },
  };
};
