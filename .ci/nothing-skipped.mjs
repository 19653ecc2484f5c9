/** Fails when a vitest JSON report has no test, or one that did not run. */
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const missing = report.numPendingTests + report.numTodoTests;
if (report.numPassedTests === 0 || missing > 0) {
  process.stderr.write(`${report.numPassedTests} tests ran, ${missing} were skipped\n`);
  process.exit(1);
}
