/** One convention: everything is called `cordon-…` and carries the same tags. */
import { type App, Aspects, type Stack, Tags } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { RoleNames } from '../src/actions/role-names.ts';
import { named, prefix } from '../src/app/names.ts';

export const tagAll = (app: App): void => {
  // Dashboards take no tags in every region yet.
  const except = { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] };
  Tags.of(app).add('app', prefix, except);
  Tags.of(app).add('purpose', 'security-response', except);
};

/** Every role under the path and the names of the configuration; they are written as `cordon-…`. */
export const nameRoles = (app: App, { path, prefix: begins }: RoleNames): void => {
  Aspects.of(app).add({
    visit(node) {
      if (!(node instanceof CfnRole)) return;
      if (!node.roleName?.startsWith(named('')))
        throw new Error(`${node.node.path} has no name of Cordon's: give it one`);
      node.roleName = begins + node.roleName.slice(named('').length);
      node.path = path;
    },
  });
};

/** Of an account-wide resource: `arn:aws:states:eu-west-1:…:stateMachine:cordon-execution`. */
export const arnOf = (stack: Stack, service: string, resource: string): string =>
  `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${resource}`;
