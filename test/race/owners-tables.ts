/** The tables as the owner reads and prepares them, past the functions' rights, over one client. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { localDeployment } from '../../src/local/runtime/resources.ts';
import { casesTable } from '../../src/store/cases-table.ts';
import { requestsTable } from '../../src/store/requests-table.ts';
import { table } from '../../src/store/table.ts';

export const ownersTables = (endpoint: string) => {
  const client = new DynamoDBClient({
    region: localDeployment.region,
    endpoint,
    credentials: { accessKeyId: 'owner', secretAccessKey: 'local' },
  });
  const chain = table(client, localDeployment.requestsTable);
  return {
    cases: casesTable(table(client, localDeployment.casesTable)),
    requests: requestsTable(chain),
    /** The requests table itself. */
    chain,
  };
};

export type OwnersTables = ReturnType<typeof ownersTables>;
