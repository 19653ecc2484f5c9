/** The analyzers of the whole organisation. */
import { found, type Part } from './part.ts';
import { analyzers } from './switched-on.ts';

export const accessAnalyzer: Part = {
  service: 'Access Analyzer',
  where: 'home',
  async look(reader) {
    const active: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await reader.call(
        'access-analyzer:ListAnalyzers',
        nextToken ? { nextToken } : {},
      );
      const running = (page.analyzers ?? []).filter(({ status }) => status === 'ACTIVE');
      active.push(...running.map(({ type }) => String(type)));
      nextToken = page.nextToken;
    } while (nextToken);
    return found(
      analyzers.length,
      analyzers
        .filter(({ type }) => !active.includes(type))
        .map(({ looksFor }) => `analyzer of ${looksFor}`),
    );
  },
};
