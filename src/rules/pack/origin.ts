/** Which service made a finding and what it calls it, the same when Security Hub relays it. */
import type { Finding, Origin } from '../../findings/finding.ts';

/** `securityhub` for its own controls and exposures, `other` for products that are not of AWS. */
type Maker = Exclude<Origin, 'securityhub-asff' | 'securityhub-ocsf'> | 'securityhub' | 'other';

/** Names of products: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-internal-providers.html */
const makers = new Map<string, Maker>([
  ['GuardDuty', 'guardduty'],
  ['IAM Access Analyzer', 'accessanalyzer'],
  ['Inspector', 'inspector2'],
  ['Macie', 'macie'],
  ['Config', 'config'],
  ['Health', 'health'],
]);

/** Controls, and since 2025 also exposure, coverage and network scanning, each a product by its name. */
const ownProducts = /^Security Hub( (Exposure|Coverage|Network|CSPM)\b.*)?$/;

/** ASFF's types begin with the product (`GuardDuty: …`), those of OCSF have it in brackets. */
export const makerOf = ({ source, type }: Finding): Maker => {
  if (source !== 'securityhub-asff' && source !== 'securityhub-ocsf') return source;
  const product = source === 'securityhub-asff' ? /^[^:]*/ : /(?<=\[)[^\]]*/;
  const name = product.exec(type)?.[0] ?? '';
  return makers.get(name) ?? (ownProducts.test(name) ? 'securityhub' : 'other');
};

/** `Backdoor:EC2/C&CActivity.B`, also where ASFF has `TTPs/…/Backdoor:EC2-C&CActivity.B`; '' when another made it. */
const typeBy = (maker: 'guardduty' | 'macie', finding: Finding): string => {
  if (makerOf(finding) !== maker) return '';
  if (finding.source === maker) return finding.type;
  const [, what, how] = /(\w+:\w+)[/-]([\w.&!]+)/.exec(finding.type) ?? [];
  return what && how ? `${what}/${how}` : '';
};

/** GuardDuty's own type, else ''. */
export const guardDutyType = (finding: Finding): string => typeBy('guardduty', finding);

/** Macie's own type, else ''. */
export const macieType = (finding: Finding): string => typeBy('macie', finding);
