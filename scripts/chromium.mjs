// Finds a full Chromium (the headless shell has no WebGPU) and holds the flags that every test launches it with.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of the browser, or undefined. CHROME wins over what is on the PATH. @returns {string | undefined} */
export function findChromium() {
  if (process.env.CHROME) return process.env.CHROME;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...FIXED].find(isExecutable);
}

/** Vulkan manifest of the SwiftShader that comes with Chromium: Dawn in Node can use it as well. */
export function swiftshaderIcd() {
  const binary = findChromium();
  const folders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];
  if (binary) folders.unshift(dirname(binary));
  return folders.map((folder) => join(folder, 'vk_swiftshader_icd.json')).find((path) => existsSync(path));
}

/** KVSCOPE_ADAPTER=hardware runs the browser tests on the real GPU instead of SwiftShader. */
const adapter = process.env.KVSCOPE_ADAPTER === 'hardware' ? [] : ['--use-webgpu-adapter=swiftshader'];

/** Local addresses only, no background traffic: a test that needs the network is a broken test. */
export const chromiumArgs = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  ...adapter,
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];
