/** Each account: the member roles, what they allow, and whether GuardDuty is on there. */
import type { AccountFinding } from '../../../app/check-account.ts';
import type { CordonConfig } from '../../../config/config.ts';
import { defaults } from '../../../config/defaults.ts';
import { responds } from '../../../config/responds.ts';
import { broken, type Check, fine, skipped, type Verdict } from '../check.ts';
import type { Site } from '../site.ts';

type ResponseRole = 'respond' | 'respond-identity' | 'respond-findings' | 'respond-organization';

const isResponse = (about: AccountFinding['about']): about is ResponseRole =>
  about !== 'read' && about !== 'guardduty';

const remedies: Readonly<Record<AccountFinding['about'], string>> = {
  read: 'Deploy infra/member-role.yaml there with the SecurityAccount and ExternalId of this installation.',
  guardduty: 'Enable GuardDuty there (infra/ has an optional baseline for the organisation).',
  respond: 'Deploy infra/member-role.yaml of this release there with Respond=yes.',
  'respond-identity':
    'Deploy infra/member-role.yaml of this release there with RespondIdentity=yes.',
  'respond-findings':
    'Deploy infra/member-role.yaml of this release there with RespondFindings=yes.',
  'respond-organization':
    'Deploy infra/member-role.yaml of this release there with RespondOrganization=yes.',
};

/** The template has to be told the names where they are not its own defaults. */
const parametersOf = ({ path, prefix }: CordonConfig['roleNames']): string =>
  path === defaults['roleNames.path'].value && prefix === defaults['roleNames.prefix'].value
    ? ''
    : ` Its names have to be RolePath=${path} RolePrefix=${prefix}, as in the configuration.`;

/** An opt-in role that is absent is a choice, but not where the configuration says that Cordon may act. */
const verdictOf = (
  { about, state, says }: AccountFinding,
  { name, response }: { readonly name: string; readonly response: boolean },
  names: string,
): Verdict | undefined => {
  const where = `${name}: ${says}`;
  if (state === 'wrong')
    return broken(where, `${remedies[about]}${about === 'guardduty' ? '' : names}`);
  if (state === 'unknown') return skipped(where);
  if (state === 'absent' && about === 'respond' && response)
    return broken(
      `${where}, but the configuration has response: true`,
      `${remedies.respond}${names} Or set response: false for this account.`,
    );
  return undefined;
};

const findingsOf = async (site: Site, account: string): Promise<readonly AccountFinding[]> => {
  const check = { check: 'account', account };
  const read = (await site.invoke('worker', check)) as readonly AccountFinding[];
  const roles = read.flatMap(({ about, state }) =>
    isResponse(about) && state !== 'absent' ? [about] : [],
  );
  if (roles.length === 0) return read;
  const response = (await site.invoke('executor', {
    ...check,
    roles,
  })) as readonly AccountFinding[];
  return [...read, ...response];
};

export const accounts: Check<Site> = {
  id: 'accounts',
  needs: ['functions'],
  async look(site) {
    const verdicts: Verdict[] = [];
    const names = parametersOf(site.config.roleNames);
    for (const [account, known] of Object.entries(site.config.accounts)) {
      const settings = { name: known.name, response: responds(site.config, known) };
      const findings = await findingsOf(site, account);
      const found = findings.flatMap((finding) => verdictOf(finding, settings, names) ?? []);
      verdicts.push(
        ...(found.length > 0 ? found : [fine(`${settings.name}: roles as wanted, GuardDuty on`)]),
      );
    }
    return verdicts;
  },
};
