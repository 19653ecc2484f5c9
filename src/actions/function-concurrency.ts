/**
 * How many instances of a Lambda function may run at once: what is reserved for it, and what is kept
 * ready of its versions and aliases. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
import type { Plan, Register } from './action.ts';
import type { Aws } from './aws.ts';
import { everyPage } from './every-page.ts';

/** Provisioned concurrency by version or alias. */
export type Provisioned = ReadonlyMap<string, number>;

export const reservedOf = async (name: string, aws: Aws): Promise<number | null> =>
  (await aws.call('lambda:GetFunctionConcurrency', { FunctionName: name }))
    .ReservedConcurrentExecutions ?? null;

export const provisionedOf = async (name: string, aws: Aws): Promise<Provisioned> => {
  const pages = await everyPage(
    (Marker) =>
      aws.call('lambda:ListProvisionedConcurrencyConfigs', { FunctionName: name, Marker }),
    ({ NextMarker }) => NextMarker,
  );
  return new Map(
    pages
      .flatMap((page) => page.ProvisionedConcurrencyConfigs ?? [])
      .map((each) => [
        each.FunctionArn?.split(':').at(-1) ?? '',
        each.RequestedProvisionedConcurrentExecutions ?? 0,
      ]),
  );
};

export const reservedId = (name: string): string => `${name}/reserved-concurrency`;
export const provisionedId = (name: string, qualifier: string): string =>
  `${name}/provisioned-concurrency/${qualifier}`;

export const reservedRegister = ({ id, account, region }: Plan['target']): Register => ({
  id: reservedId(id),
  title: `Set the reserved concurrency of ${id}`,
  resource: `${account}/${region}/${id}`,
  undoable: true,
  read: (aws) => reservedOf(id, aws),
  write: async (value, aws) => {
    if (value === null) await aws.call('lambda:DeleteFunctionConcurrency', { FunctionName: id });
    else if (typeof value === 'number')
      await aws.call('lambda:PutFunctionConcurrency', {
        FunctionName: id,
        ReservedConcurrentExecutions: value,
      });
    else throw new Error(`A reserved concurrency cannot be ${JSON.stringify(value)}`);
  },
});

export const provisionedRegister = (
  { id, account, region }: Plan['target'],
  qualifier: string,
): Register => ({
  id: provisionedId(id, qualifier),
  title: `Set the provisioned concurrency of ${id}:${qualifier}`,
  resource: `${account}/${region}/${id}`,
  undoable: true,
  stage: 'provisioned',
  read: async (aws) => (await provisionedOf(id, aws)).get(qualifier) ?? null,
  write: async (value, aws) => {
    const which = { FunctionName: id, Qualifier: qualifier };
    if (value === null) await aws.call('lambda:DeleteProvisionedConcurrencyConfig', which);
    else if (typeof value === 'number')
      await aws.call('lambda:PutProvisionedConcurrencyConfig', {
        ...which,
        ProvisionedConcurrentExecutions: value,
      });
    else throw new Error(`A provisioned concurrency cannot be ${JSON.stringify(value)}`);
  },
});
