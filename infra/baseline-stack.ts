/**
 * The organisation baseline, optional: what detects, switched on for every account, from the account that
 * administers GuardDuty, Security Hub, Access Analyzer, Inspector and CloudTrail. Posture tells what of it was
 * switched off again (src/posture/questions/organization-baseline.ts).
 */
import {
  CfnCondition,
  CfnOutput,
  CfnParameter,
  CfnResource,
  Fn,
  RemovalPolicy,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import { CfnAnalyzer } from 'aws-cdk-lib/aws-accessanalyzer';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { CfnDetector } from 'aws-cdk-lib/aws-guardduty';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  CfnBucketPolicy,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import {
  CfnConfigurationPolicy,
  CfnFindingAggregator,
  CfnOrganizationConfiguration,
  CfnPolicyAssociation,
} from 'aws-cdk-lib/aws-securityhub';
import type { Construct } from 'constructs';
import { named } from '../src/app/names.ts';
import { analyzers, guardDutyPlans, inspectorScans } from '../src/posture/baseline/switched-on.ts';
import { ForAllAccounts, type ForAllAccountsProps } from './for-all-accounts.ts';

/** Days without use after which access is told as unused. */
const unusedAccessAge = 90;

const trailName = named('organization');

/** What is there already is left alone: each part is a parameter of its own. */
const parts = {
  Detector: 'GuardDuty here, in each Region; no where it is on already',
  GuardDutyForAll: 'GuardDuty with its plans in every account; in each Region',
  InspectorForAll: 'Inspector with its scans in every account; in each Region',
  CentralHub:
    'Security Hub in every account and Region, by central configuration; home Region only',
  Analyzers: 'Analyzers of external and of unused access; home Region only',
  Trail: 'A trail of the organisation with its bucket; home Region only',
} as const;

export interface BaselineStackProps extends StackProps {
  readonly logDays: number;
}

export class BaselineStack extends Stack {
  readonly #wanted: Readonly<Record<keyof typeof parts, CfnCondition>>;

  constructor(scope: Construct, id: string, { logDays, ...props }: BaselineStackProps) {
    super(scope, id, {
      description: 'Cordon: what detects, switched on for every account of the organisation',
      ...props,
    });
    this.#wanted = Object.fromEntries(
      Object.entries(parts).map(([part, description]) => {
        const parameter = new CfnParameter(this, part, {
          description,
          allowedValues: ['yes', 'no'],
          default: 'yes',
        });
        const expression = Fn.conditionEquals(parameter.valueAsString, 'yes');
        return [part, new CfnCondition(this, `${part}Wanted`, { expression })];
      }),
    ) as Record<keyof typeof parts, CfnCondition>;
    const organization = this.#asked('OrganizationId', '^o-[a-z0-9]{10,32}$', 'o-…');
    const root = this.#asked('RootId', '^r-[0-9a-z]{4,32}$', 'r-…: the root of the organisation');
    const management = this.#asked('ManagementAccount', '^\\d{12}$', 'Owner of the trail');
    const again = new CfnParameter(this, 'Again', {
      description: 'Another value switches on again, in all accounts, what was switched off',
      default: '1',
    }).valueAsString;
    this.#forAll({
      service: 'GuardDuty',
      parts: guardDutyPlans,
      again,
      logDays,
      // So that it waits for the one that is made here.
      after: Fn.conditionIf(this.#wanted.Detector.logicalId, this.#detector().ref, 'is there'),
    });
    this.#forAll({ service: 'Inspector', parts: inspectorScans, again, logDays });
    this.#securityHub(root);
    this.#analyzers();
    this.#trail(organization, management);
  }

  #asked(name: string, allowedPattern: string, description: string): string {
    return new CfnParameter(this, name, { allowedPattern, description }).valueAsString;
  }

  #only(part: keyof typeof parts, ...resources: readonly CfnResource[]): void {
    for (const resource of resources) resource.cfnOptions.condition = this.#wanted[part];
  }

  /** Its plans are switched on by GuardDutyForAll, because a template cannot leave out what a Region lacks. */
  #detector(): CfnDetector {
    const detector = new CfnDetector(this, 'GuardDuty', {
      enable: true,
      findingPublishingFrequency: 'FIFTEEN_MINUTES',
    });
    // With it the findings of all accounts would go.
    detector.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.#only('Detector', detector);
    return detector;
  }

  #forAll(props: ForAllAccountsProps): void {
    const part = `${props.service}ForAll` as const;
    const made = new ForAllAccounts(this, props);
    this.#only(part, ...made.node.findAll().filter((each) => each instanceof CfnResource));
    new CfnOutput(this, `${part}LeftOut`, {
      description: 'What AWS would not switch on, by account, plan or scan',
      value: made.resource.getAttString('LeftOut'),
      condition: this.#wanted[part],
    });
  }

  /**
   * There is no AWS::SecurityHub::Hub here: naming an account the administrator switches Security Hub on in it.
   * The Region of the aggregator becomes the home Region; it may be none that has to be enabled first.
   * https://docs.aws.amazon.com/securityhub/latest/userguide/designate-orgs-admin-account.html
   * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation-enable.html
   */
  #securityHub(root: string): void {
    const aggregator = new CfnFindingAggregator(this, 'AllRegions', {
      regionLinkingMode: 'ALL_REGIONS',
    });
    const central = new CfnOrganizationConfiguration(this, 'Central', {
      configurationType: 'CENTRAL',
      autoEnable: false,
      autoEnableStandards: 'NONE',
    });
    const policy = new CfnConfigurationPolicy(this, 'EveryAccount', {
      name: named('baseline'),
      description: 'Security Hub with the best practices of AWS, in every account',
      configurationPolicy: {
        securityHub: {
          serviceEnabled: true,
          enabledStandardIdentifiers: [
            `arn:${this.partition}:securityhub:${this.region}::standards/aws-foundational-security-best-practices/v/1.0.0`,
          ],
          securityControlsConfiguration: { disabledSecurityControlIdentifiers: [] },
        },
      },
    });
    const association = new CfnPolicyAssociation(this, 'FromTheRoot', {
      configurationPolicyId: policy.attrId,
      targetId: root,
      targetType: 'ROOT',
    });
    this.#only('CentralHub', aggregator, central, policy, association);
    central.addResourceDependency(aggregator);
    policy.addResourceDependency(central);
  }

  #analyzers(): void {
    for (const { type } of analyzers)
      this.#only(
        'Analyzers',
        new CfnAnalyzer(this, type, {
          type,
          analyzerName: named(type.toLowerCase().replaceAll('_', '-')),
          ...(type === 'ORGANIZATION_UNUSED_ACCESS'
            ? { analyzerConfiguration: { unusedAccessConfiguration: { unusedAccessAge } } }
            : {}),
        }),
      );
  }

  /** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
  #trail(organization: string, management: string): void {
    const bucket = new Bucket(this, 'TrailBucket', {
      bucketName: `${named('trail')}-${this.account}-${this.region}`,
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // The trail belongs to the management account, whoever makes it.
    const trailArn = `arn:${this.partition}:cloudtrail:${this.region}:${management}:trail/${trailName}`;
    const cloudTrail = {
      principals: [new ServicePrincipal('cloudtrail.amazonaws.com')],
      conditions: { StringEquals: { 'aws:SourceArn': trailArn } },
    };
    bucket.addToResourcePolicy(
      new PolicyStatement({
        ...cloudTrail,
        sid: 'AclCheck',
        actions: ['s3:GetBucketAcl'],
        resources: [bucket.bucketArn],
      }),
    );
    bucket.addToResourcePolicy(
      new PolicyStatement({
        ...cloudTrail,
        sid: 'Write',
        actions: ['s3:PutObject'],
        resources: [management, organization].map((owner) =>
          bucket.arnForObjects(`AWSLogs/${owner}/*`),
        ),
      }),
    );
    const trail = new CfnTrail(this, 'OrganizationTrail', {
      trailName,
      s3BucketName: bucket.bucketName,
      isLogging: true,
      isMultiRegionTrail: true,
      isOrganizationTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
    });
    const policy = bucket.policy?.node.defaultChild;
    if (policy instanceof CfnBucketPolicy) {
      trail.addResourceDependency(policy);
      this.#only('Trail', policy);
    }
    const bare = bucket.node.defaultChild;
    if (bare instanceof CfnBucket) this.#only('Trail', bare);
    this.#only('Trail', trail);
  }
}
