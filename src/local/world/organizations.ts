/**
 * The simulated AWS Organizations, as the delegated administrator for policies sees it.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
import type {
  AttachPolicyCommandInput,
  CreatePolicyCommandInput,
  DescribePolicyCommandInput,
  DetachPolicyCommandInput,
  ListParentsCommandInput,
  ListPoliciesForTargetCommandInput,
} from '@aws-sdk/client-organizations';
import { AwsError } from './aws-error.ts';
import type { ControlPolicy, Organization } from './service-state.ts';
import type { Call, Handlers } from './world.ts';

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const [mostAttached, longest] = [5, 5_120];

/** Of the one root that an organisation has. */
export const rootId = 'r-exam';

export const organizationOf = ({ account }: Call): Organization => {
  if (!account.organization)
    throw new AwsError(
      'AccessDeniedException',
      "You don't have permissions to access this resource.",
    );
  return account.organization;
};

const summary = ({ id: organization, management }: Organization, policy: ControlPolicy) => ({
  Id: policy.id,
  Name: policy.name,
  Description: policy.description,
  Type: 'SERVICE_CONTROL_POLICY',
  AwsManaged: policy.id === 'p-FullAWSAccess',
  Arn: `arn:aws:organizations::${management}:policy/${organization}/service_control_policy/${policy.id}`,
});

const findPolicy = ({ policies }: Organization, id: string | undefined): ControlPolicy => {
  const found = policies.get(id ?? '');
  if (!found)
    throw new AwsError('PolicyNotFoundException', "We can't find a policy with the specified ID.");
  return found;
};

const attachedTo = ({ attached }: Organization, target: string | undefined): readonly string[] => {
  const found = attached.get(target ?? '');
  if (!found)
    throw new AwsError('TargetNotFoundException', "We can't find the target that you specified.");
  return found;
};

export const organizationHandlers = {
  DescribeOrganization(_input: object, call: Call) {
    const { id, management } = organizationOf(call);
    return {
      Organization: { Id: id, MasterAccountId: management, FeatureSet: 'ALL' },
    };
  },

  ListPolicies(_input: object, call: Call) {
    const organization = organizationOf(call);
    return {
      Policies: [...organization.policies.values()].map((each) => summary(organization, each)),
    };
  },

  ListPoliciesForTarget(input: ListPoliciesForTargetCommandInput, call: Call) {
    const organization = organizationOf(call);
    return {
      Policies: attachedTo(organization, input.TargetId).map((id) =>
        summary(organization, findPolicy(organization, id)),
      ),
    };
  },

  /** One level: the root, or the unit that an account or a unit is in. */
  ListParents(input: ListParentsCommandInput, call: Call) {
    const organization = organizationOf(call);
    const child = input.ChildId ?? '';
    if (child === rootId) return { Parents: [] };
    const unit = [...(organization.units ?? [])].find(([, inside]) => inside.includes(child))?.[0];
    return {
      Parents: [
        unit && unit !== rootId
          ? { Id: unit, Type: 'ORGANIZATIONAL_UNIT' }
          : { Id: rootId, Type: 'ROOT' },
      ],
    };
  },

  DescribePolicy(input: DescribePolicyCommandInput, call: Call) {
    const organization = organizationOf(call);
    const policy = findPolicy(organization, input.PolicyId);
    return { Policy: { PolicySummary: summary(organization, policy), Content: policy.content } };
  },

  CreatePolicy(input: CreatePolicyCommandInput, call: Call) {
    const organization = organizationOf(call);
    const { Name = '', Description = '', Content = '' } = input;
    if ([...organization.policies.values()].some(({ name }) => name === Name))
      throw new AwsError('DuplicatePolicyException', 'A policy with the same name already exists.');
    if (Content.length > longest)
      throw new AwsError(
        'ConstraintViolationException',
        `You've exceeded the maximum size of a policy: ${longest}.`,
      );
    const id = call.world.nextId('p').replaceAll(/p-0+/g, 'p-00');
    const policy = { id, name: Name, description: Description, content: Content };
    organization.policies.set(id, policy);
    return { Policy: { PolicySummary: summary(organization, policy), Content } };
  },

  /** A policy of this kind has no effect on the management account. */
  AttachPolicy(input: AttachPolicyCommandInput, call: Call) {
    const organization = organizationOf(call);
    const { id } = findPolicy(organization, input.PolicyId);
    const known = attachedTo(organization, input.TargetId);
    if (known.includes(id))
      throw new AwsError(
        'DuplicatePolicyAttachmentException',
        'The selected policy is already attached to the specified target.',
      );
    if (known.length >= mostAttached)
      throw new AwsError(
        'ConstraintViolationException',
        `You have attached the maximum number of policies to the target: ${mostAttached}.`,
      );
    organization.attached.set(input.TargetId ?? '', [...known, id]);
    return {};
  },

  DetachPolicy(input: DetachPolicyCommandInput, call: Call) {
    const organization = organizationOf(call);
    const known = attachedTo(organization, input.TargetId);
    if (!known.includes(input.PolicyId ?? ''))
      throw new AwsError(
        'PolicyNotAttachedException',
        "The policy isn't attached to the specified target.",
      );
    organization.attached.set(
      input.TargetId ?? '',
      known.filter((id) => id !== input.PolicyId),
    );
    return {};
  },
} satisfies Handlers;
