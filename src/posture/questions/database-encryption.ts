/** Databases whose storage is not encrypted. It can only be changed through a snapshot. */
import { aggregated, aggregatorReads, countByAccount } from '../aggregator.ts';
import { consoleUrl } from '../console.ts';
import { answered, type Question, usualMinutes } from '../question.ts';

const label = 'databases without encryption';
const isDatabase = "resourceType = 'AWS::RDS::DBInstance'";

export const databaseEncryption: Question = {
  id: 'database-encryption',
  title: 'Database encryption',
  reads: [...aggregatorReads, 'rds:DescribeDBInstances'],
  freshMinutes: usualMinutes,
  async atOnce(reader, scope) {
    if (scope.kind === 'one') return undefined;
    const counts = await countByAccount(reader, [
      isDatabase,
      `${isDatabase} AND configuration.storageEncrypted = false`,
    ]);
    if (!counts) return undefined;
    const [all, wanting] = counts;
    const link = consoleUrl('databases', reader.region);
    return answered([aggregated(scope, { wanting, all }, { label, link, bad: 'act' })]);
  },
  async ofEach(reader) {
    const plain: string[] = [];
    let seen = 0;
    let token: string | undefined;
    do {
      const { DBInstances = [], Marker } = await reader.call('rds:DescribeDBInstances', {
        MaxRecords: 100,
        ...(token ? { Marker: token } : {}),
      });
      seen += DBInstances.length;
      for (const each of DBInstances)
        if (!each.StorageEncrypted) plain.push(each.DBInstanceIdentifier ?? '');
      token = Marker;
    } while (token);
    return answered([
      {
        label,
        value: plain.length,
        of: seen,
        verdict: plain.length > 0 ? 'act' : 'fine',
        link: consoleUrl('databases', reader.region),
        ...(plain.length > 0 ? { names: plain } : {}),
      },
    ]);
  },
};
