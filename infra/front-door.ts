/** What Slack calls. Its signature is the gate, in the function; this bounds how much gets there. */

import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnStage, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { FunctionUrlAuthType, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import type { DeploymentSettings } from '../src/config/deployment-settings.ts';

/** A workspace's people press far less; a flood is turned away before it costs a function. */
const throttle = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };

/** Facts of a request, never its body or headers. */
const accessLog = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  route: '$context.routeKey',
  status: '$context.status',
  length: '$context.responseLength',
  latency: '$context.integrationLatency',
});

/** A log of facts and a limit for what comes in. */
export const bound = (
  scope: Construct,
  api: HttpApi,
  name: string,
  { logDays }: Pick<DeploymentSettings, 'logDays'>,
): void => {
  const logGroup = new LogGroup(scope, 'Log', {
    logGroupName: `/aws/vendedlogs/apis/${name}`,
    retention: logDays as RetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const stage = api.defaultStage?.node.defaultChild;
  if (!(stage instanceof CfnStage)) throw new Error(`${Stack.of(scope)}: the API has no stage`);
  stage.defaultRouteSettings = throttle;
  stage.accessLogSettings = { destinationArn: logGroup.logGroupArn, format: accessLog };
};

export class FrontDoor extends Construct {
  /** `https://…/slack/events` */
  readonly url: string;

  constructor(scope: Construct, web: LambdaFunction, settings: DeploymentSettings) {
    super(scope, 'FrontDoor');
    this.url =
      settings.frontDoor === 'function-url'
        ? `${web.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url}slack/events`
        : `${this.#api(web, settings).apiEndpoint}/slack/events`;
  }

  #api(web: LambdaFunction, settings: DeploymentSettings): HttpApi {
    const api = new HttpApi(this, 'Api', {
      apiName: named('slack'),
      description: 'Cordon: what Slack sends',
    });
    api.addRoutes({
      path: '/slack/events',
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('Web', web),
    });
    bound(this, api, named('slack'), settings);
    return api;
  }
}
