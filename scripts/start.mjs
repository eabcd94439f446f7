// `npm start`: from a fresh clone to a running page. Arguments go to Vite: `npm start -- --port 8080 --host`.
// KVSCOPE_MODEL=path/to/model.gguf offers that file in the page, too.
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWithNpm, installPackages, requireNode, root } from './install.mjs';

requireNode();
const model = process.env.KVSCOPE_MODEL;
if (model) {
  // npm moves to the project folder first; a relative path was meant from where the user stands.
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), model);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    console.error(`KVSCOPE_MODEL: no such file: ${path}`);
    process.exit(1);
  }
  process.env.KVSCOPE_MODEL = path;
}
installPackages();
endWithNpm();
process.chdir(root);
await import(pathToFileURL(join(root, 'node_modules/vite/bin/vite.js')).href);
