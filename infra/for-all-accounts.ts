/**
 * What of the organisation baseline CloudFormation has no resource type for: GuardDuty and Inspector in all accounts,
 * each by a custom resource with a function and a role of its own. The code is in the template, so nothing but the
 * template is needed to deploy it.
 */
import { CustomResource, Duration, type IResolvable, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import { logGroupName } from './function-role.ts';
import { inlineCode } from './inline-code.ts';
import { arnOf } from './names.ts';

/** Lambda's longest. Associating thousands of accounts takes minutes; what was done is not done again. */
const timeoutSeconds = 900;

type Service = 'GuardDuty' | 'Inspector';

/** By service: its function's file, and what that may do. */
const services: Readonly<
  Record<
    Service,
    {
      readonly file: string;
      readonly actions: readonly string[];
      /** Of the one resource that only this account has. */
      readonly onDetector: readonly string[];
      /** Roles that AWS makes in the administrator's account when a part is first switched on. */
      readonly linked: readonly string[];
    }
  >
> = {
  GuardDuty: {
    file: './inline/guardduty-for-all.ts',
    actions: [
      'guardduty:ListDetectors',
      'guardduty:DescribeOrganizationConfiguration',
      'guardduty:UpdateOrganizationConfiguration',
      'guardduty:ListMembers',
      'guardduty:CreateMembers',
      'organizations:ListAccounts',
    ],
    onDetector: ['guardduty:GetDetector', 'guardduty:UpdateDetector'],
    linked: ['guardduty.amazonaws.com', 'malware-protection.guardduty.amazonaws.com'],
  },
  Inspector: {
    file: './inline/inspector-for-all.ts',
    actions: [
      'inspector2:DescribeOrganizationConfiguration',
      'inspector2:UpdateOrganizationConfiguration',
      'inspector2:ListMembers',
      'inspector2:AssociateMember',
      'inspector2:BatchGetAccountStatus',
      'inspector2:Enable',
      'organizations:ListAccounts',
    ],
    onDetector: [],
    linked: ['inspector2.amazonaws.com', 'agentless.inspector2.amazonaws.com'],
  },
};

export interface ForAllAccountsProps {
  readonly service: Service;
  /** Protection plans or scans, by their names in the API. */
  readonly parts: readonly string[];
  /** Another value has it looked at again, and switched on again what was switched off. */
  readonly again: string;
  readonly logDays: number;
  /** What has to be there first, as a value of the template. */
  readonly after?: IResolvable;
}

export class ForAllAccounts extends Construct {
  readonly resource: CustomResource;

  constructor(scope: Construct, { service, parts, again, logDays, after }: ForAllAccountsProps) {
    super(scope, `${service}Everywhere`);
    const name = `baseline-${service.toLowerCase()}`;
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: logGroupName(name),
      retention: logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const lambda = new LambdaFunction(this, 'Function', {
      functionName: named(name),
      description: `Cordon: ${service} in all accounts of the organisation`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromInline(inlineCode(services[service].file)),
      role: this.#role(service, name).withoutPolicyUpdates(),
      memorySize: 256,
      timeout: Duration.seconds(timeoutSeconds),
      logGroup,
    });
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: `Custom::${service}ForAll`,
      serviceToken: lambda.functionArn,
      serviceTimeout: Duration.seconds(timeoutSeconds + 60),
      properties: {
        Account: Stack.of(this).account,
        Parts: [...parts],
        Again: again,
        ...(after ? { After: after } : {}),
      },
    });
  }

  #role(service: Service, name: string): Role {
    const stack = Stack.of(this);
    const { actions, onDetector, linked } = services[service];
    return new Role(this, 'Role', {
      // IAM is global, and there is one of these in each Region.
      roleName: `${named(name)}-${stack.region}`,
      description: `Cordon: switches ${service} on in all accounts`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        rights: new PolicyDocument({
          statements: [
            new PolicyStatement({ sid: 'ForAll', actions: [...actions], resources: ['*'] }),
            ...(onDetector.length > 0
              ? [
                  new PolicyStatement({
                    sid: 'OwnDetector',
                    actions: [...onDetector],
                    resources: [arnOf(stack, 'guardduty', 'detector/*')],
                  }),
                ]
              : []),
            new PolicyStatement({
              sid: 'ServiceRoles',
              actions: ['iam:CreateServiceLinkedRole'],
              resources: [`arn:${stack.partition}:iam::${stack.account}:role/aws-service-role/*`],
              conditions: { StringEquals: { 'iam:AWSServiceName': [...linked] } },
            }),
            new PolicyStatement({
              sid: 'OwnLog',
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [arnOf(stack, 'logs', `log-group:${logGroupName(name)}:*`)],
            }),
          ],
        }),
      },
    });
  }
}
