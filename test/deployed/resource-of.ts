/**
 * The ARN that a call is checked against, for the services of Cordon's own resources:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
import { home } from './places.ts';

export interface Asked {
  readonly service: string;
  readonly region: string;
  readonly url: string;
  readonly body: string;
}

const arn = (service: string, region: string, rest: string): string =>
  `arn:aws:${service}:${region}:${home}:${rest}`;

const tableIn = ({ body, region }: Asked): string => {
  const { TableName, IndexName, RequestItems } = JSON.parse(body);
  const table = arn('dynamodb', region, `table/${TableName ?? Object.keys(RequestItems)[0]}`);
  return IndexName ? `${table}/index/${IndexName}` : table;
};

const bucketIn = (action: string, { url }: Asked): string => {
  const [bucket = '', ...key] = decodeURIComponent(url.split('?')[0] ?? '')
    .slice(1)
    .split('/');
  return action === 's3:ListBucket'
    ? `arn:aws:s3:::${bucket}`
    : `arn:aws:s3:::${bucket}/${key.join('/')}`;
};

const byService: Readonly<Record<string, (asked: Asked, action: string) => string>> = {
  dynamodb: tableIn,
  s3: (asked, action) => bucketIn(action, asked),
  sqs: ({ body, region }) => arn('sqs', region, JSON.parse(body).QueueUrl.split('/').at(-1)),
  sns: ({ body }) => new URLSearchParams(body).get('TopicArn') ?? '',
  sts: ({ body }) => new URLSearchParams(body).get('RoleArn') ?? '',
  states: ({ body }) => {
    const { stateMachineArn, executionArn } = JSON.parse(body);
    return stateMachineArn ?? executionArn;
  },
  secretsmanager: ({ body, region }) =>
    arn('secretsmanager', region, `secret:${JSON.parse(body).SecretId}`),
};

/** Empty for a service of which Cordon has nothing of its own. */
export const resourceOf = (action: string, asked: Asked): string =>
  byService[asked.service]?.(asked, action) ?? '';
