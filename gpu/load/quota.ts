/** Room for stored models: bytes used and allowed by the browser (0 where it does not say), and whether it promised to keep them. */
export interface StorageRoom {
  usage: number;
  quota: number;
  persisted: boolean;
}

export async function estimate(): Promise<StorageRoom> {
  const storage = typeof navigator === 'undefined' ? undefined : navigator.storage;
  const [room, persisted] = await Promise.all([
    storage?.estimate?.().catch(() => undefined),
    storage?.persisted?.().catch(() => false),
  ]);
  return { usage: room?.usage ?? 0, quota: room?.quota ?? 0, persisted: persisted ?? false };
}

let asked: Promise<boolean> | null = null;

/** Asks once per visit that stored models survive when disk space runs low; false where that is refused or unknown. */
export function requestPersist(): Promise<boolean> {
  const storage = typeof navigator === 'undefined' ? undefined : navigator.storage;
  asked ??= (async () => (await storage?.persist?.().catch(() => false)) ?? false)();
  return asked;
}
