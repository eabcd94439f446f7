import { KvError } from '../errors';

/** The folder for models in this origin's private file system, or why there is none. */
export async function modelsFolder(): Promise<{ folder: FileSystemDirectoryHandle | null; why: string }> {
  if (typeof navigator === 'undefined' || !navigator.storage?.getDirectory) {
    return { folder: null, why: 'This browser has no private file storage for pages.' };
  }
  try {
    const root = await navigator.storage.getDirectory();
    return { folder: await root.getDirectoryHandle('models', { create: true }), why: '' };
  } catch (error) {
    return {
      folder: null,
      why: `The browser refuses file storage here (${(error as Error).message}); private windows often do.`,
    };
  }
}

/**
 * Writes a whole file. Sync access handles (workers) write in place; elsewhere the browser swaps the file in on close.
 * Throws KvError('storage'); what is left of the file must then be discarded by the caller.
 */
export async function writeFile(folder: FileSystemDirectoryHandle, name: string, bytes: Uint8Array): Promise<void> {
  try {
    const handle = await folder.getFileHandle(name, { create: true });
    if ('createSyncAccessHandle' in handle) {
      const access = await handle.createSyncAccessHandle();
      try {
        access.truncate(0);
        const written = access.write(bytes as Uint8Array<ArrayBuffer>, { at: 0 });
        if (written !== bytes.length) throw new DOMException('The disk took only a part.', 'QuotaExceededError');
        access.flush();
      } finally {
        access.close();
      }
      return;
    }
    const stream = await (handle as FileSystemFileHandle).createWritable();
    await stream.write(bytes as Uint8Array<ArrayBuffer>);
    await stream.close();
  } catch (error) {
    throw storageError(error);
  }
}

export async function writeJson(folder: FileSystemDirectoryHandle, name: string, value: unknown): Promise<void> {
  await writeFile(folder, name, new TextEncoder().encode(JSON.stringify(value)));
}

/** The file, or null when it is not there. */
export async function fileOf(folder: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch {
    return null;
  }
}

/** Parsed JSON, or null when the file is missing or was cut off while it was written. */
export async function readJson(folder: FileSystemDirectoryHandle, name: string): Promise<unknown> {
  const file = await fileOf(folder, name);
  if (!file) return null;
  try {
    return JSON.parse(await file.text());
  } catch {
    return null;
  }
}

export function storageError(error: unknown): KvError {
  if (error instanceof KvError) return error;
  const name = (error as Error)?.name ?? '';
  const why = error instanceof Error ? error.message : String(error);
  if (name === 'QuotaExceededError') return new QuotaError(why);
  if (name === 'NoModificationAllowedError' || name === 'InvalidStateError') {
    return new KvError(
      'storage',
      'Another tab is working on this stored model.',
      why,
      'Close the other tab or wait for it.',
    );
  }
  return new KvError(
    'storage',
    'The browser could not store the model.',
    why,
    'The model can still run without being kept.',
  );
}

/** The disk or the browser's allowance is full. */
export class QuotaError extends KvError {
  constructor(why: string) {
    super(
      'storage',
      'There is not enough room to keep the model in this browser.',
      why,
      'Forget a stored model or free disk space. The model can still run without being kept.',
    );
  }
}
