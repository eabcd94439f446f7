// `npm run eval`, `bench`, `record`, `tune`, `sweep` and `tasks`: the engine in plain Node. node scripts/host.mjs headless|bench|record|tune|sweep|tasks [arguments]
// The program runs in this process and is alone on stdout; a failed build is told on stderr. Its entry file runs on import,
// reads process.argv.slice(2), and finds the project in KVSCOPE_ROOT.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { adapterEnv } from './adapter.mjs';
import { hostBundle } from './host-bundle.mjs';
import { endWithNpm, installPackages, requireNode, root } from './install.mjs';

/** @type {Record<string, string>} */
const NPM_SCRIPTS = {
  headless: 'eval',
  bench: 'bench',
  record: 'record',
  tune: 'tune',
  sweep: 'sweep',
  tasks: 'tasks',
};
const [name, ...args] = process.argv.slice(2);
if (!NPM_SCRIPTS[name]) {
  console.error('usage: node scripts/host.mjs headless|bench|record|tune|sweep|tasks [arguments]');
  process.exit(2);
}

requireNode();
endWithNpm();
installPackages();
let bundle = '';
try {
  bundle = await hostBundle();
} catch (error) {
  console.error(`The engine could not be built for Node:\n${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
const program = join(bundle, `${name}.js`);
if (!existsSync(program)) {
  console.error(`There is no workers/${name}.ts.`);
  process.exit(1);
}

// Drivers are chosen when Dawn starts, so setting the variable here is early enough.
Object.assign(process.env, adapterEnv(), { KVSCOPE_ROOT: root });
// npm moves to the project folder; file names on the command line are meant from where the user stands.
const start = process.env.INIT_CWD;
if (start && process.env.npm_lifecycle_event === NPM_SCRIPTS[name] && existsSync(start)) process.chdir(start);
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], program, ...args];
await import(pathToFileURL(program).href);
