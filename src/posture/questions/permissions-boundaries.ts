/** How many users and roles have a permissions boundary; those that AWS made for itself need none. */
import { consoleUrl } from '../console.ts';
import { answered, type Question, usualMinutes } from '../question.ts';

/** Each is up to 1,000 users and roles. */
const mostPages = 3;

export const permissionsBoundaries: Question = {
  id: 'permissions-boundaries',
  title: 'Permissions boundaries',
  reads: ['iam:GetAccountAuthorizationDetails'],
  freshMinutes: usualMinutes,
  async ofEach(reader) {
    let [bounded, counted] = [0, 0];
    let token: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await reader.call('iam:GetAccountAuthorizationDetails', {
        Filter: ['User', 'Role'],
        MaxItems: 1000,
        ...(token ? { Marker: token } : {}),
      });
      const each = [...(answer.UserDetailList ?? []), ...(answer.RoleDetailList ?? [])].filter(
        ({ Path = '/' }) => !/^\/(aws-service-role|aws-reserved)\//.test(Path),
      );
      counted += each.length;
      bounded += each.filter(({ PermissionsBoundary }) => PermissionsBoundary).length;
      token = answer.IsTruncated ? answer.Marker : undefined;
      if (!token) break;
    }
    return answered(
      [
        {
          label: 'users and roles without a boundary',
          value: counted - bounded,
          of: counted,
          // Whether to use boundaries at all is a choice: only half-way is worth a look.
          verdict: bounded > 0 && bounded < counted ? 'look' : 'fine',
          link: consoleUrl('iamRoles', reader.region),
        },
      ],
      token ? `only the first ${counted} users and roles were read` : undefined,
    );
  },
};
