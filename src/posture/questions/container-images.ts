/** Container images with critical vulnerabilities, as Inspector sees them, the worst first. */
import type { AwsEcrContainerAggregationResponse } from '@aws-sdk/client-inspector2';
import { consoleUrl } from '../console.ts';
import { answered, type Question, usualMinutes } from '../question.ts';

const aPage = 100;
const mostPages = 10;

const nameOf = ({ repository, imageTags = [] }: AwsEcrContainerAggregationResponse): string =>
  imageTags[0] ? `${repository}:${imageTags[0]}` : (repository ?? 'an image');

export const containerImages: Question = {
  id: 'container-images',
  title: 'Container images',
  reads: ['inspector2:ListFindingAggregations'],
  freshMinutes: usualMinutes,
  async atOnce(reader, scope) {
    const critical: AwsEcrContainerAggregationResponse[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await reader.call('inspector2:ListFindingAggregations', {
        aggregationType: 'AWS_ECR_CONTAINER',
        maxResults: aPage,
        aggregationRequest: {
          awsEcrContainerAggregation: { sortBy: 'CRITICAL', sortOrder: 'DESC' },
        },
        ...(scope.kind === 'one'
          ? {
              accountIds: scope.accounts.map(({ id }) => ({
                comparison: 'EQUALS' as const,
                value: id,
              })),
            }
          : {}),
        ...(nextToken ? { nextToken } : {}),
      });
      const images = (answer.responses ?? []).flatMap(
        ({ awsEcrContainerAggregation }) => awsEcrContainerAggregation ?? [],
      );
      const bad = images.filter(({ severityCounts }) => (severityCounts?.critical ?? 0) > 0);
      critical.push(...bad);
      // Sorted: after the first image without, no other has any.
      nextToken = bad.length === images.length ? answer.nextToken : undefined;
      if (!nextToken) break;
    }
    return answered(
      [
        {
          label: 'images with CRITICAL vulnerabilities',
          value: critical.length,
          verdict: critical.length > 0 ? 'act' : 'fine',
          link: consoleUrl('inspectorImages', reader.region),
          ...(critical.length > 0 ? { names: critical.map(nameOf) } : {}),
        },
      ],
      nextToken ? `there are more than ${aPage * mostPages}` : undefined,
    );
  },
};
