import { report } from '../engine';
import { runReport } from '../engine-run';
import { shareLink } from '../session';
import { useStore } from '../store';

/** Lets the browser save a text or bytes as a file. */
export function saveFile(name: string, content: BlobPart, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export const slug = (): string => useStore.getState().model?.name.replaceAll(/[^\w.-]+/g, '-') ?? 'run';

/** The eval JSON of what is on screen. */
export async function downloadRun(): Promise<void> {
  try {
    saveFile(`kvscope-${slug()}.json`, JSON.stringify(await runReport(), null, 1));
  } catch (error) {
    report(error);
  }
}

/** A run too long for a link, as a file that the page opens when it is dropped. */
export function saveRunFile(): void {
  saveFile(`kvscope-${slug()}.run.json`, JSON.stringify({ kvscope: 'run', link: shareLink() }));
}

/** The link inside a run file, or null. */
export function runFileLink(text: string): string | null {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== 'object' || data === null) return null;
    const { kvscope, link } = data as Record<string, unknown>;
    return kvscope === 'run' && typeof link === 'string' ? link : null;
  } catch {
    return null;
  }
}
