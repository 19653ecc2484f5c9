/** An organisation in moto, managed by the account that Cordon's sessions are in. */
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import type { Resource } from '../../src/findings/finding.ts';
import { asOwner, named, region } from './seed.ts';

/** moto chooses its number. */
export const memberAccount = async (): Promise<Resource> => {
  const organizations = new OrganizationsClient(asOwner);
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { CreateAccountStatus } = await organizations.send(
    new CreateAccountCommand({ AccountName: 'member', Email: 'member@example.com' }),
  );
  const id = named(CreateAccountStatus?.AccountId);
  return { kind: 'account', id, account: id, region };
};
