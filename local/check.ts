import { spawnSync } from 'node:child_process';
import { root } from './settings';

/** `npm run check`: types, rooms and rules, format. Says all that is wrong, not only the first. */
const checks = [
  ['typescript/bin/tsc', '--noEmit'],
  ['eslint/bin/eslint.js', '.', '--cache', '--cache-location', '.local/eslint', '--max-warnings', '0'],
  ['prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'],
] as const;

const failed = checks.filter(([program, ...args]) => {
  const { status } = spawnSync(process.execPath, [`node_modules/${program}`, ...args], { cwd: root, stdio: 'inherit' });
  return status !== 0;
});
console.log(
  failed.length === 0 ? 'checked: types, rules, format' : `failed: ${failed.map(([name]) => name).join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
