/** How many network firewalls there are, where any is used. */
import { consoleUrl } from '../console.ts';
import { answered, type Question, usualMinutes } from '../question.ts';

export const networkFirewalls: Question = {
  id: 'network-firewalls',
  title: 'Network Firewall',
  reads: ['network-firewall:ListFirewalls'],
  freshMinutes: usualMinutes,
  async ofEach(reader) {
    let value = 0;
    let token: string | undefined;
    do {
      const page = await reader.call('network-firewall:ListFirewalls', {
        MaxResults: 100,
        ...(token ? { NextToken: token } : {}),
      });
      value += page.Firewalls?.length ?? 0;
      token = page.NextToken;
    } while (token);
    return answered(
      value === 0
        ? []
        : [
            {
              label: `network firewalls, ${reader.region}`,
              value,
              verdict: 'fine',
              link: consoleUrl('networkFirewalls', reader.region),
            },
          ],
    );
  },
};
