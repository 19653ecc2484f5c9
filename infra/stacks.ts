/** Which stacks there are, and where each takes its code from. */
import { join } from 'node:path';
import {
  App,
  BootstraplessSynthesizer,
  CfnParameter,
  type IReusableStackSynthesizer,
  type Stack,
  Validations,
} from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { FunctionName } from '../src/aws/rights.ts';
import type { CordonConfig } from '../src/config/config.ts';
import { acknowledge } from './acknowledged.ts';
import { BaselineStack } from './baseline-stack.ts';
import { ForwardStack } from './forward-stack.ts';
import { HomeStack } from './home-stack.ts';
import { nameRoles, tagAll } from './names.ts';

export interface AppOptions {
  readonly config: CordonConfig;
  /** Folder of the built functions; from a bucket that the template asks for when absent. */
  readonly built?: string | undefined;
  /** Whether AWS's rules (cdk-nag) are asked too; they take ten times as long as the rest. */
  readonly checked: boolean;
  readonly outdir?: string | undefined;
}

const codeFrom = (built: string | undefined) => (stack: Stack) => {
  if (built) return (name: FunctionName): Code => Code.fromAsset(join(built, name));
  const bucket = new CfnParameter(stack, 'CodeBucket', {
    description: 'Bucket in this region with the packaged functions (npm run package)',
  });
  const prefix = new CfnParameter(stack, 'CodePrefix', {
    description: 'What their keys begin with, for example cordon/1.2.3/',
    default: '',
  });
  const from = Bucket.fromBucketName(stack, 'Code', bucket.valueAsString);
  return (name: FunctionName): Code =>
    Code.fromBucketV2(from, `${prefix.valueAsString}${name}.zip`);
};

/** CDK's own types differ in whether an absent property may be spelled out. */
const withoutBootstrap = () => new BootstraplessSynthesizer() as IReusableStackSynthesizer;

/** Every stack, tagged and checked. Without `built`, nothing needs CDK's bootstrap. */
export const cordonApp = ({ config, built, checked, outdir }: AppOptions): App => {
  const app = new App({
    ...(outdir ? { outdir } : {}),
    ...(built ? {} : { defaultStackSynthesizer: withoutBootstrap() }),
  });
  const stacks = [
    new HomeStack(app, 'cordon', {
      config,
      codeOf: codeFrom(built),
      env: { account: config.securityAccount, region: config.homeRegion },
    }),
    new ForwardStack(app, 'cordon-forward', { config, from: 'region' }),
    new ForwardStack(app, 'cordon-forward-member', { config, from: 'member' }),
    new BaselineStack(app, 'cordon-baseline', { logDays: config.deployment.logDays }),
  ];
  tagAll(app);
  nameRoles(app, config.roleNames);
  if (checked) {
    Validations.of(app).addPlugins(new AwsSolutionsChecks());
    for (const stack of stacks) acknowledge(stack);
  }
  return app;
};
