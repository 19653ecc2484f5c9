/** Cordon's own account: who asks, the functions, the state machine, the secret. */
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { functionSettings } from '../../../app/function-settings.ts';
import { named } from '../../../app/names.ts';
import { broken, type Check, errorWords, fine, isNamed, type Verdict } from '../check.ts';
import type { Site } from '../site.ts';

export const account: Check<Site> = {
  id: 'account',
  async look({ aws, config }) {
    try {
      const { Account } = await new STSClient(aws).send(new GetCallerIdentityCommand({}));
      return Account === config.securityAccount
        ? [fine(`asking as somebody of account ${Account}`)]
        : [
            broken(
              `the credentials are of account ${Account}, Cordon runs in ${config.securityAccount}`,
              `Use credentials of ${config.securityAccount} (securityAccount in the configuration).`,
            ),
          ];
    } catch (error) {
      return [
        broken(
          `AWS does not say who asks: ${errorWords(error)}`,
          `Set credentials of account ${config.securityAccount} (AWS_PROFILE, or aws sso login).`,
        ),
      ];
    }
  },
};

const oneFunction = async (lambda: LambdaClient, name: string): Promise<Verdict | undefined> => {
  try {
    const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    return found.State === undefined || found.State === 'Active'
      ? undefined
      : broken(
          `${name} is ${found.State}: ${found.StateReason ?? 'no reason given'}`,
          'Deploy the stack again.',
        );
  } catch (error) {
    if (!isNamed(error, /^ResourceNotFound/)) throw error;
    return broken(`there is no function ${name}`, 'Deploy the stack cordon: docs/install.md.');
  }
};

export const functions: Check<Site> = {
  id: 'functions',
  needs: ['account'],
  async look({ aws }) {
    const names = Object.keys(functionSettings).map(named);
    const lambda = new LambdaClient(aws);
    const found = await Promise.all(names.map((name) => oneFunction(lambda, name)));
    const verdicts = found.filter((verdict) => verdict !== undefined);
    return verdicts.length > 0 ? verdicts : [fine(`${names.length} functions are there`)];
  },
};

export const execution: Check<Site> = {
  id: 'execution',
  needs: ['functions'],
  async look({ aws, deployment }) {
    const { stateMachine: stateMachineArn } = await deployment();
    const { status } = await new SFNClient(aws).send(
      new DescribeStateMachineCommand({ stateMachineArn }),
    );
    return status === 'DELETING'
      ? [broken('the state machine is being deleted', 'Deploy the stack cordon again.')]
      : [fine('the state machine is there')];
  },
};

export const secret: Check<Site> = {
  id: 'secret',
  needs: ['functions'],
  async look({ secret: read }) {
    try {
      const { signingSecrets } = await read();
      return [fine(`the Slack secret has a token and ${signingSecrets.length} signing secret(s)`)];
    } catch (error) {
      return [
        broken(
          `the Slack secret cannot be used: ${errorWords(error)}`,
          'Put token, signingSecrets, botId and botUserId into it: docs/install.md, "Fill the secret".',
        ),
      ];
    }
  },
};
