/** One convention: everything is called `cordon-…` and carries the same tags. */
import { type App, type Stack, Tags } from 'aws-cdk-lib';
import { prefix } from '../src/app/names.ts';

export const tagAll = (app: App): void => {
  // Dashboards take no tags in every region yet.
  const except = { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] };
  Tags.of(app).add('app', prefix, except);
  Tags.of(app).add('purpose', 'security-response', except);
};

/** Of an account-wide resource: `arn:aws:states:eu-west-1:…:stateMachine:cordon-execution`. */
export const arnOf = (stack: Stack, service: string, resource: string): string =>
  `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`;
