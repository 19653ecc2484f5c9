/** What Inspector scans in every account. */
import { found, type Part } from './part.ts';
import { inspectorScans } from './switched-on.ts';

/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_DescribeOrganizationConfiguration.html */
export const inspector: Part = {
  service: 'Inspector',
  where: 'each',
  async look(reader, { region }) {
    const { autoEnable } = await reader.call('inspector2:DescribeOrganizationConfiguration', {});
    // What is not even listed is not offered in that Region.
    const scans = inspectorScans.filter(
      (scan) => region === 'home' || autoEnable?.[scan] !== undefined,
    );
    return found(
      scans.length,
      scans.filter((scan) => !autoEnable?.[scan]).map((scan) => `Inspector of ${scan}`),
    );
  },
};
