/** Security Hub in every account and Region, by central configuration. */
import type { ConfigurationPolicyAssociationSummary } from '@aws-sdk/client-securityhub';
import type { Reader } from '../question.ts';
import { accountNamed, found, type Part } from './part.ts';

/** What the associations of accounts that look after themselves have instead of a policy's id. */
const selfManaged = 'SELF_MANAGED_SECURITY_HUB';

const associations = async (
  reader: Reader,
): Promise<readonly ConfigurationPolicyAssociationSummary[]> => {
  const all: ConfigurationPolicyAssociationSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await reader.call('securityhub:ListConfigurationPolicyAssociations', {
      Filters: { AssociationType: 'APPLIED' },
      ...(NextToken ? { NextToken } : {}),
    });
    all.push(...(page.ConfigurationPolicyAssociationSummaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return all;
};

/** https://docs.aws.amazon.com/securityhub/latest/userguide/view-policy.html */
const policyIsOn = async (
  reader: Reader,
  root: ConfigurationPolicyAssociationSummary | undefined,
): Promise<boolean> => {
  const { ConfigurationPolicyId: Identifier, AssociationStatus } = root ?? {};
  if (!Identifier || Identifier === selfManaged || AssociationStatus === 'FAILED') return false;
  const { ConfigurationPolicy } = await reader.call('securityhub:GetConfigurationPolicy', {
    Identifier,
  });
  return ConfigurationPolicy?.SecurityHub?.ServiceEnabled === true;
};

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeOrganizationConfiguration.html */
export const securityHub: Part = {
  service: 'Security Hub',
  where: 'home',
  async look(reader, spot) {
    const { OrganizationConfiguration } = await reader.call(
      'securityhub:DescribeOrganizationConfiguration',
      {},
    );
    const { ConfigurationType, Status } = OrganizationConfiguration ?? {};
    // Policies can be read only while it is central.
    if (ConfigurationType !== 'CENTRAL' || Status !== 'ENABLED')
      return found(2, ['central configuration of Security Hub']);
    const all = await associations(reader);
    const root = all.find(({ TargetType }) => TargetType === 'ROOT');
    return found(2, [
      ...((await policyIsOn(reader, root)) ? [] : ['policy of Security Hub for the organisation']),
      ...all
        .filter((each) => each !== root && each.ConfigurationPolicyId === selfManaged)
        .map(({ TargetId = '' }) => `Security Hub in ${accountNamed(spot, TargetId)}`),
    ]);
  },
};
