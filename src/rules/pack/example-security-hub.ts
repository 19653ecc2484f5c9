/** Findings of Security Hub's own controls, and those it relays, as it sends them to EventBridge. */
import { account, eventFrom, region } from './example-event.ts';

const resources = {
  AwsS3Bucket: 'arn:aws:s3:::example-invoices',
  AwsEc2SecurityGroup: `arn:aws:ec2:${region}:${account}:security-group/sg-0a1b2c3d4e5f60718`,
  AwsEc2Instance: `arn:aws:ec2:${region}:${account}:instance/i-0a1b2c3d4e5f60718`,
  AwsEcrContainerImage: `arn:aws:ecr:${region}:${account}:repository/shop/web/sha256:36c7b282abd0186e36c7b282abd0186e36c7b282abd0186e36c7b282abd0186e`,
  AwsRdsDbInstance: `arn:aws:rds:${region}:${account}:db:orders`,
  AwsIamUser: `arn:aws:iam::${account}:user/ci-deploy`,
  AwsAccount: `AWS::::Account:${account}`,
} as const;

const asffEvent = (
  product: { readonly name: string; readonly arn: string },
  about: keyof typeof resources,
  more: Readonly<Record<string, unknown>>,
): unknown =>
  eventFrom('aws.securityhub', 'Security Hub Findings - Imported', {
    findings: [
      {
        SchemaVersion: '2018-10-08',
        ProductArn: `arn:aws:securityhub:${region}::product/aws/${product.arn}`,
        ProductName: product.name,
        CompanyName: 'AWS',
        Region: region,
        AwsAccountId: account,
        GeneratorId: 'example',
        CreatedAt: '2026-11-22T08:50:00.000Z',
        UpdatedAt: '2026-11-22T08:55:00.000Z',
        Severity: { Label: 'HIGH', Normalized: 70 },
        Title: 'Example finding',
        Description: 'Example finding',
        RecordState: 'ACTIVE',
        Workflow: { Status: 'NEW' },
        Resources: [{ Type: about, Id: resources[about], Partition: 'aws', Region: region }],
        ...more,
      },
    ],
  });

/** A failed control: `S3.2`. */
export const controlEvent = (control: string, about: keyof typeof resources): unknown =>
  asffEvent({ name: 'Security Hub', arn: 'securityhub' }, about, {
    Id: `arn:aws:securityhub:${region}:${account}:security-control/${control}/finding/0a1b2c3d-0000-4000-8000-000000000001`,
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    Compliance: { Status: 'FAILED', SecurityControlId: control },
  });

/** Products that are relayed, by the name that Security Hub gives them. */
const arns = {
  GuardDuty: 'guardduty',
  Macie: 'macie',
  Inspector: 'inspector',
  Config: 'config',
  'IAM Access Analyzer': 'access-analyzer',
} as const;

/** A finding of another service; Security Hub's types end in the service's own: `TTPs/…/Stealth:S3-X`. */
export const relayedEvent = (
  product: keyof typeof arns,
  about: keyof typeof resources,
  { type, title }: { readonly type: string; readonly title?: string },
): unknown =>
  asffEvent({ name: product, arn: arns[product] }, about, {
    Id: 'example-finding-1',
    Types: [type],
    ...(title && { Title: title }),
  });

/** An exposure, which Security Hub sends in OCSF only. */
export const exposureEvent = (): unknown =>
  eventFrom('aws.securityhub', 'Findings Imported V2', {
    findings: [
      {
        class_uid: 2004,
        class_name: 'Detection Finding',
        cloud: { provider: 'AWS', region, account: { uid: account } },
        finding_info: {
          uid: `arn:aws:securityhub:${region}:${account}:exposure-finding/0a1b2c3d`,
          title: 'Example exposure',
          types: ['Exposure/Potential Impact/Resource Hijacking'],
          modified_time_dt: '2026-11-22T08:55:00.000Z',
        },
        metadata: {
          version: '1.6.0',
          product: {
            name: 'Security Hub Exposure Analysis',
            uid: `arn:aws:securityhub:${region}::productv2/aws/securityhub-risk`,
          },
        },
        resources: [{ type: 'AWS::EC2::Instance', uid: resources.AwsEc2Instance, region }],
        severity: 'Critical',
        severity_id: 5,
        status: 'New',
      },
    ],
  });

/** An account where GuardDuty is not on, which Security Hub sends in OCSF only. */
export const coverageEvent = (): unknown =>
  eventFrom('aws.securityhub', 'Findings Imported V2', {
    findings: [
      {
        class_uid: 2003,
        class_name: 'Compliance Finding',
        cloud: { provider: 'AWS', region, account: { uid: account } },
        compliance: { status: 'Fail', status_id: 3 },
        finding_info: {
          uid: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
          title: 'GuardDuty Foundational Coverage Finding',
          types: ['Coverage'],
          modified_time_dt: '2026-11-22T08:55:00.000Z',
        },
        metadata: {
          version: '1.9.0',
          product: {
            name: 'Security Hub Coverage',
            uid: `arn:aws:securityhub:${region}::productv2/aws/securityhub-coverage`,
          },
        },
        resources: [{ type: 'AWS::::Account', uid: account, region }],
        severity: 'High',
        severity_id: 4,
        status: 'New',
      },
    ],
  });
