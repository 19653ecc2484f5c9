/** Errors of the simulated AWS, with the names that callers tell them apart by. */
export class AwsError extends Error {
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.$fault = status >= 500 ? 'server' : 'client';
    this.$metadata = { httpStatusCode: status };
  }
}

const deniedNames: Readonly<Record<string, string>> = {
  autoscaling: 'AccessDenied',
  ec2: 'UnauthorizedOperation',
  elasticloadbalancing: 'AccessDenied',
  iam: 'AccessDenied',
  rds: 'AccessDenied',
  s3: 'AccessDenied',
  sns: 'AuthorizationErrorException',
  sqs: 'AccessDenied',
  sts: 'AccessDenied',
};

const throttledNames: Readonly<Record<string, string>> = {
  autoscaling: 'Throttling',
  dynamodb: 'ProvisionedThroughputExceededException',
  ec2: 'RequestLimitExceeded',
  elasticloadbalancing: 'Throttling',
  guardduty: 'TooManyRequestsException',
  iam: 'Throttling',
  s3: 'SlowDown',
  securityhub: 'TooManyRequestsException',
  sts: 'Throttling',
};

/** How the service says that the principal may not do this. */
export const denied = (service: string, message: string): AwsError =>
  new AwsError(deniedNames[service] ?? 'AccessDeniedException', message, 403);

/** How the service says that it was called too often. */
export const throttled = (service: string): AwsError =>
  new AwsError(throttledNames[service] ?? 'ThrottlingException', 'Rate exceeded', 400);
