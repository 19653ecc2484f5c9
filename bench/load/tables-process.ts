/** The tables of the local world in a process of their own: what they hold is no memory of the functions. */
import { startTables } from '../../src/local/runtime/tables-server.ts';

const [region = '', ...names] = process.argv.slice(2);
const { endpoint } = await startTables(names, region);
process.on('disconnect', () => process.exit());
process.send?.(endpoint);
