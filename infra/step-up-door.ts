/**
 * Where approvers confirm with passkeys: an API of its own, made before the functions, because they
 * have to know its address. Passkeys belong to its host: with another host all are added anew.
 */

import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import type { DeploymentSettings } from '../src/config/deployment-settings.ts';
import { bound } from './front-door.ts';

export class StepUpDoor extends Construct {
  /** `https://…/step-up` */
  readonly url: string;
  readonly #api: HttpApi;

  constructor(scope: Construct, settings: DeploymentSettings) {
    super(scope, 'StepUpDoor');
    this.#api = new HttpApi(this, 'Api', {
      apiName: named('step-up'),
      description: 'Cordon: the page on which approvers confirm',
    });
    bound(this, this.#api, named('step-up'), settings);
    this.url = `${this.#api.apiEndpoint}/step-up`;
  }

  serve(stepUp: LambdaFunction): void {
    const integration = new HttpLambdaIntegration('StepUp', stepUp);
    this.#api.addRoutes({ path: '/step-up', methods: [HttpMethod.GET], integration });
    for (const call of ['begin', 'finish'])
      this.#api.addRoutes({ path: `/step-up/${call}`, methods: [HttpMethod.POST], integration });
  }
}
