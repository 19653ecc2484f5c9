/** An API call by ci-deploy as CloudTrail sends it through EventBridge, dated now. */

const account = '123456789012';
const region = 'eu-west-1';

export interface Call {
  /** `AuthorizeSecurityGroupIngress`, of EC2. */
  readonly name: string;
  readonly request: object;
  /** Tells the calls of the scenarios apart: the last digits of their event ids. */
  readonly number: number;
}

/** `now` in milliseconds since 1970. */
export const callEvent = ({ name, request, number }: Call, now: number): object => {
  const time = new Date(now - 60_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const eventID = `5f8e6a1c-2b3d-4c4e-9f5a-${String(now + number)
    .slice(-12)
    .padStart(12, '0')}`;
  return {
    version: '0',
    id: eventID,
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.ec2',
    account,
    time,
    region,
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        principalId: 'AIDACKCEVSQ6C2EXAMPLE',
        arn: `arn:aws:iam::${account}:user/ci-deploy`,
        accountId: account,
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        userName: 'ci-deploy',
      },
      eventTime: time,
      eventSource: 'ec2.amazonaws.com',
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
