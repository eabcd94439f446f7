// Which Vulkan driver Dawn in Node should load. A real GPU needs no help; elsewhere a CPU driver is named:
// lavapipe (fast, has shader-f16) where scripts/get-lavapipe.sh put one, else Chromium's SwiftShader.
// KVSCOPE_ADAPTER=hardware|software overrides the guess; a VK_ICD_FILENAMES of the user wins over everything.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { swiftshaderIcd } from './chromium.mjs';
import { root } from './install.mjs';

const lavapipe = join(root, '.cache', 'lavapipe', 'lvp.json');

/** @param {string} folder @param {RegExp} name */
const holds = (folder, name) => existsSync(folder) && readdirSync(folder).some((file) => name.test(file));

function hasRealGpu() {
  if (process.env.KVSCOPE_ADAPTER === 'hardware') return true;
  if (process.env.KVSCOPE_ADAPTER === 'software') return false;
  if (process.platform !== 'linux' || holds('/dev/dri', /^renderD/)) return true;
  // Containers often get NVIDIA's own device nodes and no /dev/dri.
  const manifests = ['/etc/vulkan/icd.d', '/usr/share/vulkan/icd.d'];
  return existsSync('/dev/nvidiactl') && manifests.some((folder) => holds(folder, /nvidia/));
}

/** True where only a CPU driver can help and the fast one is not there yet. */
export function wantsLavapipe() {
  return !process.env.VK_ICD_FILENAMES && !hasRealGpu() && !existsSync(lavapipe);
}

/** Variables to add to the environment of a process that uses npm `webgpu`. @returns {Record<string, string>} */
export function adapterEnv() {
  if (process.env.VK_ICD_FILENAMES || hasRealGpu()) return {};
  const icd = existsSync(lavapipe) ? lavapipe : swiftshaderIcd();
  return icd ? { VK_ICD_FILENAMES: icd } : {};
}
