/** Known vulnerabilities of what production may load: asked of the registry, by `npm audit`. */

export type Audit =
  | { readonly kind: 'asked'; readonly problems: readonly string[] }
  /** Nobody answered, so nothing is known: never to be taken for "none". */
  | { readonly kind: 'not-asked'; readonly because: string };

interface Advisory {
  readonly title: string;
  readonly url: string;
}

interface Vulnerable {
  readonly name: string;
  readonly severity: string;
  readonly range: string;
  /** A name is another entry of the report, by which this one is affected. */
  readonly via: readonly (Advisory | string)[];
}

interface Report {
  readonly auditReportVersion?: number;
  readonly vulnerabilities?: Readonly<Record<string, Vulnerable>>;
  /** What the registry or the network said instead. */
  readonly message?: string;
}

const problemOf = ({ name, severity, range, via }: Vulnerable): string =>
  `${name} ${range} is ${severity}: ${via
    .map((each) => (typeof each === 'string' ? `by ${each}` : `${each.title}, ${each.url}`))
    .join('; ')}`;

const parsed = (printed: string): Report => {
  try {
    return JSON.parse(printed);
  } catch {
    return { message: printed.trim().split('\n', 1)[0] || 'npm printed nothing' };
  }
};

/** From what `npm audit --json` prints, whatever its exit code. */
export const readAudit = (printed: string): Audit => {
  const { auditReportVersion, vulnerabilities, message } = parsed(printed);
  return auditReportVersion === 2 && vulnerabilities
    ? { kind: 'asked', problems: Object.values(vulnerabilities).map(problemOf) }
    : {
        kind: 'not-asked',
        // "405 Method Not Allowed - POST address": which registry is nobody's business.
        because: (message ?? 'the answer has another form').replace(/ - [A-Z]+ \S+.*$/, ''),
      };
};
