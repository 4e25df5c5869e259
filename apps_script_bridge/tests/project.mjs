// The files of the project as Apps Script runs them: no modules, one scope for all.

import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const HOME = new URL('../', import.meta.url);

/** The named things of these files, in a world with nothing of Google's but what `world` holds. */
export function project(names, wanted, world = {}) {
  const context = vm.createContext({ ...world });
  for (const name of names) vm.runInContext(readFileSync(new URL(`${name}.js`, HOME), 'utf8'), context, { filename: `${name}.js` });
  return vm.runInContext(`({ ${wanted.join(', ')} })`, context);
}
