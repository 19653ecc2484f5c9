/**
 * The simulated Organizations as one reads it from the root down. An account of this world that is in no
 * unit is in the root. https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html
 */
import type {
  ListAccountsForParentCommandInput,
  ListOrganizationalUnitsForParentCommandInput,
  ListTagsForResourceCommandInput,
} from '@aws-sdk/client-organizations';
import { AwsError } from './aws-error.ts';
import { organizationOf, rootId } from './organizations.ts';
import type { Organization } from './service-state.ts';
import type { Call, Handlers } from './world.ts';

/** The most that AWS puts on one page of these lists. */
const onPage = 20;

const pageOf = <T>(all: readonly T[], token: string | undefined) => {
  const from = Number(token ?? 0);
  if (!Number.isInteger(from))
    throw new AwsError('InvalidInputException', 'You provided a NextToken that is not valid.');
  const NextToken = from + onPage < all.length ? String(from + onPage) : undefined;
  return { page: all.slice(from, from + onPage), ...(NextToken ? { NextToken } : {}) };
};

const insideOf = ({ units, names }: Organization, parent: string): readonly string[] => {
  if (parent !== rootId && !names?.has(parent))
    throw new AwsError('ParentNotFoundException', "We can't find the parent that you specified.");
  return units?.get(parent) ?? [];
};

const isIn = ({ units }: Organization, account: string, parent: string): boolean => {
  const unit = [...(units ?? [])].find(([, inside]) => inside.includes(account))?.[0];
  return (unit ?? rootId) === parent;
};

export const organizationTreeHandlers = {
  ListRoots(_input: object, call: Call) {
    organizationOf(call);
    return { Roots: [{ Id: rootId, Name: 'Root' }] };
  },

  ListOrganizationalUnitsForParent(
    input: ListOrganizationalUnitsForParentCommandInput,
    call: Call,
  ) {
    const organization = organizationOf(call);
    const units = insideOf(organization, input.ParentId ?? '').filter((id) => id.startsWith('ou-'));
    const { page, ...next } = pageOf(units, input.NextToken);
    return {
      OrganizationalUnits: page.map((Id) => ({ Id, Name: organization.names?.get(Id) ?? Id })),
      ...next,
    };
  },

  ListAccountsForParent(input: ListAccountsForParentCommandInput, call: Call) {
    const organization = organizationOf(call);
    const parent = input.ParentId ?? '';
    insideOf(organization, parent);
    const inside = [...call.world.accounts.values()].filter(({ id }) =>
      isIn(organization, id, parent),
    );
    const { page, ...next } = pageOf(inside, input.NextToken);
    return {
      Accounts: page.map(({ id, name }) => {
        const State = organization.states?.get(id) ?? 'ACTIVE';
        return { Id: id, Name: name, State };
      }),
      ...next,
    };
  },

  ListTagsForResource(input: ListTagsForResourceCommandInput, call: Call) {
    const tags = organizationOf(call).tags?.get(input.ResourceId ?? '') ?? {};
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  },
} satisfies Handlers;
